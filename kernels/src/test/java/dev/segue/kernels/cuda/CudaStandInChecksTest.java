package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kernels with a check before every access: races and accesses outside of an allocation are found,
/// and kernels that are right run as they do without.
class CudaStandInChecksTest {
  private static final int ILLEGAL_ADDRESS = 700;
  private static final int LAUNCH_FAILED = 719;

  private static StandInDriver checkingDriver() {
    StandInDriver driver = StandInDriver.load();
    driver.checkEveryAccess();
    return driver;
  }

  @Nested
  class Sound extends CudaStandInKernelsTest {
    @Override
    StandInDriver driver() {
      return checkingDriver();
    }
  }

  @Nested
  class Faulty {
    private final StandInDriver driver = checkingDriver();
    private final StandInDevice device = StandInDevice.open(driver);

    @AfterEach
    void close() {
      device.close();
    }

    @ParameterizedTest
    @CsvSource({
      "forgets_barrier, 1, 1, 'writes shared memory that block 0 thread 0 read'",
      "forgets_static_barrier, 1, 1, 'writes shared memory that block 0 thread 0 read'",
      "forgets_warp_barrier, 1, 1, 'writes shared memory that block 0 thread 31 read'",
      "forgets_cluster_barrier, 2, 2, 'writes shared memory that block 0 thread 0 read'",
      "depends_on_order, 2, 1, 'writes device memory that block 0 thread 0 wrote'",
      "adds_without_atomics, 2, 1, 'reads device memory that block 0 thread 0 wrote'",
    })
    void aRaceIsFound(String kernel, int blocks, int cluster, String reason) {
      long memory = device.ints(new int[64]);
      device.launch(kernel, new Grid(blocks, 1, 1, 32, 128, cluster), memory);
      CudaException failure = catchThrowableOfType(CudaException.class, device::synchronise);
      assertThat(failure.code()).isEqualTo(LAUNCH_FAILED);
      assertThat(driver.report()).contains(kernel, reason, "nothing orders them");
    }

    @Test
    void anAccessMayNotPassTheEndByOneElement() {
      long memory = device.ints(1, 2, 3);
      device.launch("writes_at", Grid.of(1, 1), memory, 2L);
      device.synchronise();
      device.launch("writes_at", Grid.of(1, 1), memory, 3L);
      CudaException failure = catchThrowableOfType(CudaException.class, device::synchronise);
      assertThat(failure.code()).isEqualTo(ILLEGAL_ADDRESS);
    }
  }
}
