package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelWatchTest {
  private static final int LANES = 16;
  private static final long WORK = 10_000_000;

  private final List<String> reports = new ArrayList<>();
  private final KernelWatch watch = new KernelWatch("gemm", LANES, reports::add);

  /// Lets a kernel work through its runs on a clock that stands for its speed.
  private void run(double vectorsPerNano, int runs) {
    for (int i = 0; i < runs && watch.wants(WORK); i++) {
      watch.ran(WORK, Math.round(WORK / LANES / vectorsPerNano));
    }
  }

  @Test
  void aBoxedKernelIsReportedOnceWithItsCure() {
    run(0.025, 10_000);
    assertThat(reports)
        .containsExactly(
            "backend: the compiler did not keep the vectors of the kernel gemm in registers,"
                + " it reaches 0.80 GFLOP/s per thread, expected more than 8;"
                + " restart the program, or add -XX:-TieredCompilation to its JVM options");
  }

  @Test
  void aHealthyKernelIsNotReportedAndNoLongerWatched() {
    run(2.5, 10_000);
    assertThat(reports).isEmpty();
    assertThat(watch.wants(WORK)).isFalse();
  }

  @Test
  void aKernelMayBeSlowUntilItIsCompiled() {
    run(0.025, 100);
    assertThat(watch.wants(WORK)).isTrue();
    run(2.5, 1);
    assertThat(watch.wants(WORK)).isFalse();
    assertThat(reports).isEmpty();
  }

  /// Ten times slower than measured, as on a machine that others use too.
  @Test
  void aBusyMachineIsNoReason() {
    run(0.3, 10_000);
    assertThat(reports).isEmpty();
  }

  @Test
  void smallWorkIsNotTimed() {
    assertThat(watch.wants(1000)).isFalse();
  }

  /// The matrix product of a backend is under watch: large products are timed until one is fast.
  @Test
  void productsAreWatched() {
    try (Backend backend = new VectorBackend(1)) {
      Tensor a = backend.allocate(128, 128);
      backend.gemm(
          new Gemm(
              a,
              false,
              backend.allocate(128, 128),
              false,
              backend.allocate(128, 128),
              null,
              false));
    }
    assertThat(TileProduct.WATCH.watchedNanos()).isPositive();
  }
}
