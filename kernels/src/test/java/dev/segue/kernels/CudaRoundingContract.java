package dev.segue.kernels;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Products in bfloat16, by cuBLAS and by our own kernel: the operands rounded, and nothing else.
abstract class CudaRoundingContract {
  /// Opens the backend in bfloat16.
  abstract Backend open(boolean withBlas);

  /// Sizes on both sides of the edges of tiles (128, 64, 32), of their vectors of four, and past
  /// them.
  @ParameterizedTest
  @CsvSource({
    "true, 3, 5, 7",
    "false, 3, 5, 7",
    "false, 128, 64, 32",
    "false, 129, 65, 33",
    "false, 127, 68, 100",
    "false, 4, 200, 64",
    "false, 260, 12, 36",
    "false, 1, 1, 1"
  })
  void roundsTheOperandsAlone(boolean withBlas, int m, int n, int k) {
    float[] a = Contract.normal(m * k, 1, 1);
    float[] b = Contract.normal(k * n, 1, 2);
    try (Backend backend = open(withBlas)) {
      for (int variant = 0; variant < 8; variant++) {
        boolean transposeA = (variant & 1) != 0;
        boolean transposeB = (variant & 2) != 0;
        boolean accumulate = (variant & 4) != 0;
        Tensor c = Contract.normal(backend, m, n, 1, 3);
        float[] expected = accumulate ? c.toArray() : new float[m * n];
        add(expected, a, transposeA, b, transposeB, m, n, k);
        Tensor left = backend.tensor(transposeA ? k : m, transposeA ? m : k, a);
        Tensor right = backend.tensor(transposeB ? n : k, transposeB ? k : n, b);
        backend.gemm(new Gemm(left, transposeA, right, transposeB, c, null, accumulate));
        String what = "%d × %d × %d, variant %d".formatted(m, n, k, variant);
        Tolerance.assertClose(what, c, expected, k);
      }
    }
  }

  private static void add(
      float[] c,
      float[] a,
      boolean transposeA,
      float[] b,
      boolean transposeB,
      int m,
      int n,
      int k) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = c[i * n + j];
        for (int depth = 0; depth < k; depth++) {
          float left = a[transposeA ? depth * m + i : i * k + depth];
          float right = b[transposeB ? j * k + depth : depth * n + j];
          sum += (double) rounded(left) * rounded(right);
        }
        c[i * n + j] = (float) sum;
      }
    }
  }

  /// Rounds to 8 bits of fraction with the hidden one, halves to even.
  static float rounded(float x) {
    int bits = Float.floatToRawIntBits(x);
    int half = 0x7FFF + (bits >>> 16 & 1);
    return Float.intBitsToFloat(bits + half & 0xFFFF0000);
  }
}
