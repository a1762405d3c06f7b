package dev.segue.kernels;

import java.util.Random;

/// What every family of contract tests needs.
interface Contract {
  /// The backend under test.
  Backend backend();

  /// Draws a matrix of normal numbers; the same seed gives the same numbers on every backend.
  static Tensor normal(Backend backend, int rows, int columns, double scale, int seed) {
    return backend.tensor(rows, columns, normal(rows * columns, scale, seed));
  }

  static float[] normal(int count, double scale, int seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  static int[] ids(int count, int bound, int seed) {
    return new Random(seed).ints(count, 0, bound).toArray();
  }

  /// Returns a copy of a tensor that the scalar backend can read.
  static Tensor onScalar(Tensor tensor) {
    return new HeapTensor(tensor.rows(), tensor.columns(), tensor.toArray());
  }
}
