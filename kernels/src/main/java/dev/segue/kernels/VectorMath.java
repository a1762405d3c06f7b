package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Exponential functions of vectors, the same bits in interpreted and in compiled code (those of
/// the Vector API differ between the two).
///
/// With `n = round(x / ln 2)` and `r = x − n ln 2`, `|r| ≤ 0.347`, the Taylor series of `e^r − 1`
/// to r⁷ leaves out less than 1.6e-8 of its value. Then `e^x = 2ⁿ + 2ⁿ (e^r − 1)`. Rounding to `n`
/// adds and subtracts 1.5 · 2²³, whose sum holds `n` in its low bits.
///
/// Bounds, tested over all of the range: `exp` 2.5e-7 relative, zero below −87.68 and infinity from
/// 88.38 on; `sigmoid` 2.5e-7 relative above 1e-37; `tanh` 5e-7 relative. NaN stays NaN.
final class VectorMath {
  private static final float LOG2_E = 0x1.715476p0f;
  private static final float LN2_HIGH = 0x1.63p-1f;
  private static final float LN2_LOW = -0x1.bd0106p-13f;
  private static final float ROUNDER = 0x1.8p23f;
  private static final int EXPONENT_BITS = 23;
  private static final int EXPONENT_BIAS = 127 << EXPONENT_BITS;
  private static final float EXP_MIN = -88f;
  private static final float EXP_MAX = 89f;
  private static final float TANH_MAX = 20f;

  private VectorMath() {}

  /// Returns `e^x`.
  static FloatVector exp(FloatVector x) {
    FloatVector clamped = clamp(x, EXP_MIN, EXP_MAX);
    FloatVector rounded = rounded(clamped);
    FloatVector power = power(rounded);
    return expm1(clamped, rounded).fma(power, power);
  }

  /// Returns `1 / (1 + e^−x)`.
  static FloatVector sigmoid(FloatVector x) {
    FloatVector one = FloatVector.broadcast(Lanes.SPECIES, 1);
    return one.div(exp(x.neg()).add(1));
  }

  /// Returns `(e^2x − 1) / (e^2x + 1)`, without cancellation near 0.
  static FloatVector tanh(FloatVector x) {
    FloatVector twice = clamp(x.add(x), -TANH_MAX, TANH_MAX);
    FloatVector rounded = rounded(twice);
    FloatVector power = power(rounded);
    FloatVector minusOne = expm1(twice, rounded).fma(power, power.sub(1));
    return minusOne.div(minusOne.add(2));
  }

  /// A comparison with NaN is false, so NaN passes.
  private static FloatVector clamp(FloatVector x, float min, float max) {
    return x.blend(min, x.compare(VectorOperators.LT, min))
        .blend(max, x.compare(VectorOperators.GT, max));
  }

  /// Returns 1.5 · 2²³ + n.
  private static FloatVector rounded(FloatVector x) {
    return x.fma(
        FloatVector.broadcast(Lanes.SPECIES, LOG2_E),
        FloatVector.broadcast(Lanes.SPECIES, ROUNDER));
  }

  /// Returns 2ⁿ: zero for −127, infinity for 128.
  private static FloatVector power(FloatVector rounded) {
    return rounded
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, EXPONENT_BITS)
        .add(EXPONENT_BIAS)
        .reinterpretAsFloats();
  }

  /// Returns `e^r − 1`.
  private static FloatVector expm1(FloatVector x, FloatVector rounded) {
    FloatVector n = rounded.sub(ROUNDER);
    FloatVector r = n.fma(constant(-LN2_LOW), n.fma(constant(-LN2_HIGH), x));
    FloatVector series = constant(1f / 5040).fma(r, constant(1f / 720));
    series = series.fma(r, constant(1f / 120));
    series = series.fma(r, constant(1f / 24));
    series = series.fma(r, constant(1f / 6));
    series = series.fma(r, constant(0.5f));
    return series.mul(r).fma(r, r);
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(Lanes.SPECIES, value);
  }
}
