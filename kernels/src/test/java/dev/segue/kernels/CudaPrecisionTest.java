package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.cuda.StandInDevices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The precisions on the stand-in driver.
class CudaPrecisionTest extends CudaRoundingContract {
  private final StandInDevices devices = new StandInDevices();

  @Override
  Backend open(boolean withBlas) {
    return new CudaBackend(devices.open(withBlas), CudaPrecision.BFLOAT16);
  }

  @AfterEach
  void leaveNothing() {
    devices.assertNothingIsLeft();
  }

  @Test
  void roundingIsSeen() {
    try (Backend backend = new CudaBackend(devices.open(false), CudaPrecision.BFLOAT16)) {
      Tensor x = backend.tensor(1, 1, 1.001f);
      Tensor one = backend.tensor(1, 1, 1);
      Tensor product = backend.allocate(1, 1);
      backend.gemm(new Gemm(x, false, one, false, product, null, false));
      assertThat(product.toArray()).containsExactly(1);
    }
  }

  @Test
  void ranksWithoutRounding() {
    try (Backend backend = new CudaBackend(devices.open(true), CudaPrecision.BFLOAT16)) {
      Tensor weights = backend.tensor(3, 1, 1.001f, 1.002f, 1.0015f);
      Tensor hidden = backend.tensor(1, 1, 1);
      TopK best = backend.topK(new TopKSearch(hidden, weights, null, 3, null, null));
      assertThat(best.items()[0]).containsExactly(1, 2, 0);
      assertThat(best.scores()[0]).containsExactly(1.002f, 1.0015f, 1.001f);
    }
  }

  @Test
  void aPrecisionThatTheGpuLacksIsRefused() {
    devices.set("capability", 75);
    System.setProperty("segue.cuda.precision", "bfloat16");
    try {
      assertThatThrownBy(() -> devices.inItsPlace(true, CudaBackend::open))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessage(
              "backend: cuda cannot be used: no bfloat16 on Stand-in 0 of compute capability 7.5;"
                  + " take -Dsegue.cuda.precision=float32");
    } finally {
      System.clearProperty("segue.cuda.precision");
    }
  }
}
