package dev.segue.benchmarks;

import java.util.Random;

/// Numbers for problems, and how close results must be.
final class Numbers {
  private Numbers() {}

  /// Draws numbers between −bound and bound.
  static float[] uniform(Random random, int count, float bound) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (2 * random.nextFloat() - 1) * bound;
    }
    return values;
  }

  /// Throws unless two results agree: no element differs by more than a share of the largest.
  ///
  /// @param name what is compared, for the error
  /// @param share of the largest magnitude expected; 32-bit sums in another order differ by about
  ///   1e-6 of it
  static void requireClose(String name, float[] expected, float[] actual, double share) {
    if (expected.length != actual.length) {
      throw new IllegalStateException(
          "%s: length, expected %d, got %d".formatted(name, expected.length, actual.length));
    }
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= share * largest)) {
        throw new IllegalStateException(
            "%s: contenders disagree at %d, expected %s, got %s (largest %s)"
                .formatted(name, i, expected[i], actual[i], largest));
      }
    }
  }

  /// Throws unless two losses agree.
  static void requireClose(String name, double expected, double actual, double share) {
    if (!(Math.abs(expected - actual) <= share * Math.abs(expected))) {
      throw new IllegalStateException(
          "%s: contenders disagree, expected %s, got %s".formatted(name, expected, actual));
    }
  }
}
