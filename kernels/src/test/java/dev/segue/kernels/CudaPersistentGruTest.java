package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.kernels.cuda.StandInDevices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When the GRU is computed in one kernel for all steps, and what it gives, on the stand-in driver.
class CudaPersistentGruTest {
  private final StandInDevices devices = new StandInDevices();

  @AfterEach
  void leaveNothing() {
    devices.assertNothingIsLeft();
  }

  abstract class OnTheStandIn extends CudaPersistentGruContract {
    @Override
    Backend open() {
      return new CudaBackend(devices.open(false), CudaPrecision.BFLOAT16);
    }

    @Override
    void afterPasses(int passes) {
      assertThat(devices.count("cuLaunchKernelEx")).as("launches of clusters").isEqualTo(passes);
    }
  }

  @Nested
  class Plain extends OnTheStandIn {}

  /// Blocks and threads in the opposite order, which must not be seen.
  @Nested
  class LastBlocksFirst extends OnTheStandIn {
    @Override
    Backend open() {
      devices.set("lastFirst", 1);
      return super.open();
    }
  }

  /// No race and no access outside of an allocation.
  @Nested
  class WithEveryAccessChecked extends OnTheStandIn {
    @Override
    Backend open() {
      devices.checkEveryAccess();
      return super.open();
    }
  }

  /// What was launched one by one.
  @ParameterizedTest
  @CsvSource({
    "64, 90, BFLOAT16, true",
    "256, 120, BFLOAT16, true",
    "32, 90, BFLOAT16, false",
    "72, 90, BFLOAT16, false",
    "320, 90, BFLOAT16, false",
    "64, 90, FLOAT32, false",
    "64, 80, BFLOAT16, false"
  })
  void whatDoesNotFitGoesStepByStep(
      int size, int capability, CudaPrecision precision, boolean isPersistent) {
    devices.set("capability", capability);
    try (Backend backend = new CudaBackend(devices.open(false), precision)) {
      long before = devices.count("launches");
      GruRun run = new GruRun(backend, CudaPersistentGruContract.INPUTS, size, 3, 2, 2);
      run.hidden().toArray();
      assertThat(devices.count("cuLaunchKernelEx")).isEqualTo(isPersistent ? 2 : 0);
      // Besides the steps: products with the inputs, their gradients and those of the weights.
      int besides = 1 + 6;
      int steps = isPersistent ? 2 : 4 * 3;
      assertThat(devices.count("launches") - before).isEqualTo(besides + steps);
    }
  }
}
