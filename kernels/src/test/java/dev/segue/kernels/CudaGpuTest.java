package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.kernels.cuda.Device;
import dev.segue.kernels.cuda.Devices;
import dev.segue.kernels.cuda.Opening;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole contract on a GPU, against the scalar backend, which sums in 64 bits. There must be
/// one: `-Dtest.excluded=` runs these, or `benchmarks/gpu/run.sh` where there is no Maven.
@Tag("gpu")
class CudaGpuTest {
  private static CudaBackend open(boolean withBlas, CudaPrecision precision) {
    String chosen = System.getProperty("segue.cuda.cublas");
    if (!withBlas) {
      System.setProperty("segue.cuda.cublas", "none");
    }
    try {
      return switch (Devices.open(Integer.getInteger("segue.cuda.device", 0))) {
        case Opening.Opened<Device>(Device device) -> new CudaBackend(device, precision);
        case Opening.Refused<Device> refused -> throw new IllegalStateException(refused.line());
      };
    } finally {
      if (chosen != null) {
        System.setProperty("segue.cuda.cublas", chosen);
      } else {
        System.clearProperty("segue.cuda.cublas");
      }
    }
  }

  @Nested
  class WithBlas extends TwinContract {
    @Override
    Backend open() {
      return CudaGpuTest.open(true, CudaPrecision.FLOAT32);
    }
  }

  @Nested
  class WithoutBlas extends TwinContract {
    @Override
    Backend open() {
      return CudaGpuTest.open(false, CudaPrecision.FLOAT32);
    }
  }

  @Nested
  class Rounding extends CudaRoundingContract {
    @Override
    Backend open(boolean withBlas) {
      return CudaGpuTest.open(withBlas, CudaPrecision.BFLOAT16);
    }
  }

  @Nested
  class PersistentGru extends CudaPersistentGruContract {
    @Override
    Backend open() {
      return CudaGpuTest.open(true, CudaPrecision.BFLOAT16);
    }
  }

  /// Large enough that every multiprocessor has work, in an order that nobody knows.
  @Test
  void theSameWorkGivesTheSameBits() {
    for (CudaPrecision precision : CudaPrecision.values()) {
      assertThat(lossesAndGradients(precision))
          .as(precision.toString())
          .containsExactly(lossesAndGradients(precision));
    }
  }

  private static float[] lossesAndGradients(CudaPrecision precision) {
    int rows = 700;
    int items = 9000;
    try (Backend backend = open(true, precision)) {
      Tensor hidden = Contract.normal(backend, rows, 64, 1, 1);
      Tensor weights = Contract.normal(backend, items, 64, 1, 2);
      Tensor hiddenGradient = backend.allocate(rows, 64);
      Tensor weightGradient = backend.allocate(items, 64);
      Tensor biasGradient = backend.allocate(1, items);
      int[] targets = new Random(3).ints(rows, 0, items).toArray();
      double loss =
          backend
              .softmaxCrossEntropy(
                  new SoftmaxCrossEntropy(
                      hidden,
                      weights,
                      backend.allocate(1, items),
                      targets,
                      1,
                      new SoftmaxCrossEntropy.Gradients(
                          hiddenGradient, weightGradient, biasGradient)))
              .getAsDouble();
      float[] first = hiddenGradient.toArray();
      float[] second = weightGradient.toArray();
      float[] all = new float[first.length + second.length + 1];
      System.arraycopy(first, 0, all, 0, first.length);
      System.arraycopy(second, 0, all, first.length, second.length);
      all[all.length - 1] = (float) loss;
      return all;
    }
  }
}
