package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

/// How far a backend's numbers may lie from the right ones: the one place that says so.
///
/// A sum of n products in 32 bits errs by about √n roundings of its terms. The bound is `(8 + 2 √n)
/// · 2⁻²³ · scale`, where the scale is the greatest magnitude among the right numbers and n the
/// length of the longest sum behind them, recurrences included.
final class Tolerance {
  private static final double UNIT = 0x1p-23;

  private Tolerance() {}

  /// Returns the bound for sums of `length` products whose results are about `scale`.
  static double of(int length, double scale) {
    return (8 + 2 * Math.sqrt(length)) * UNIT * scale;
  }

  /// Checks arrays against the right numbers.
  static void assertClose(String what, float[] actual, float[] expected, int length) {
    double scale = 1e-30;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    double bound = of(length, scale);
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs((double) actual[i] - expected[i]))
          .as("%s[%d]: expected %s, got %s", what, i, expected[i], actual[i])
          .isLessThanOrEqualTo(bound);
    }
  }

  /// Checks a tensor against the right numbers.
  static void assertClose(String what, Tensor actual, float[] expected, int length) {
    assertClose(what, actual.toArray(), expected, length);
  }
}
