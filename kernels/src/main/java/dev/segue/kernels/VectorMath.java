package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Exponential functions of arrays, in place, with the same bits in interpreted and in compiled
/// code (those of the Vector API differ between the two).
///
/// With `n = round(x / ln 2)` and `r = x − n ln 2`, `|r| ≤ 0.347`, the Taylor series of `e^r − 1`
/// to r⁷ leaves out less than 1.6e-8 of its value. Then `e^x = 2ⁿ + 2ⁿ (e^r − 1)`. Rounding to `n`
/// adds and subtracts 1.5 · 2²³, whose sum holds `n` in its low bits.
///
/// Bounds on the relative error, tested over the whole range: [#exp] 2.5e-7 from −87.3 to 88.3,
/// zero below −88, infinity above 88.8; [#sigmoid] 3e-7 above −87; [#tanh] 4e-7. NaN stays NaN.
///
/// The functions work on arrays because a method that takes or returns vectors is inlined in some
/// runs and not in others, and then every vector is boxed.
final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  static final float LOG2_E = 0x1.715476p0f;
  static final float LN2_HIGH = 0x1.63p-1f;
  static final float LN2_LOW = -0x1.bd0106p-13f;
  static final float ROUNDER = 0x1.8p23f;
  static final int EXPONENT_AT = 23;
  static final int EXPONENT_BIAS = 127 << EXPONENT_AT;

  /// Below this 2ⁿ is zero, above the next it is infinity.
  static final float EXP_MIN = -88f;

  static final float EXP_MAX = 89f;

  /// Beyond this |tanh| is 1 in 32 bits.
  static final float TANH_MAX = 10f;

  private VectorMath() {}

  /// Computes `x = e^(factor · x + offset)`.
  static void exp(float[] x, int from, int count, float factor, float offset) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector offsets = FloatVector.broadcast(SPECIES, offset);
    FloatVector log2e = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
    FloatVector high = FloatVector.broadcast(SPECIES, -LN2_HIGH);
    FloatVector low = FloatVector.broadcast(SPECIES, -LN2_LOW);
    int body = SPECIES.loopBound(count);
    for (int i = from; i < from + body; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i).fma(factors, offsets);
      // Comparisons with NaN are false, so NaN passes.
      v = v.blend(EXP_MIN, v.compare(VectorOperators.LT, EXP_MIN));
      v = v.blend(EXP_MAX, v.compare(VectorOperators.GT, EXP_MAX));
      FloatVector shifted = v.fma(log2e, rounder);
      FloatVector n = shifted.sub(rounder);
      FloatVector r = n.fma(low, n.fma(high, v));
      FloatVector series = r.mul(1f / 5040).add(1f / 720);
      series = series.fma(r, FloatVector.broadcast(SPECIES, 1f / 120));
      series = series.fma(r, FloatVector.broadcast(SPECIES, 1f / 24));
      series = series.fma(r, FloatVector.broadcast(SPECIES, 1f / 6));
      series = series.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
      FloatVector minusOne = series.mul(r).fma(r, r);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, EXPONENT_AT)
              .add(EXPONENT_BIAS)
              .reinterpretAsFloats();
      minusOne.fma(power, power).intoArray(x, i);
    }
    if (body < count) {
      float[] rest = rest(x, from + body, count - body);
      exp(rest, 0, rest.length, factor, offset);
      System.arraycopy(rest, 0, x, from + body, count - body);
    }
  }

  /// Computes `x = 1 / (1 + e^−x)`.
  static void sigmoid(float[] x, int from, int count) {
    exp(x, from, count, -1, 0);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    int body = SPECIES.loopBound(count);
    for (int i = from; i < from + body; i += Lanes.COUNT) {
      one.div(FloatVector.fromArray(SPECIES, x, i).add(one)).intoArray(x, i);
    }
    for (int i = from + body; i < from + count; i++) {
      x[i] = 1 / (x[i] + 1);
    }
  }

  /// Computes `x = (e^2x − 1) / (e^2x + 1)`, without cancellation near 0.
  static void tanh(float[] x, int from, int count) {
    FloatVector log2e = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
    FloatVector high = FloatVector.broadcast(SPECIES, -LN2_HIGH);
    FloatVector low = FloatVector.broadcast(SPECIES, -LN2_LOW);
    int body = SPECIES.loopBound(count);
    for (int i = from; i < from + body; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      v = v.blend(-TANH_MAX, v.compare(VectorOperators.LT, -TANH_MAX));
      v = v.blend(TANH_MAX, v.compare(VectorOperators.GT, TANH_MAX));
      v = v.add(v);
      FloatVector shifted = v.fma(log2e, rounder);
      FloatVector n = shifted.sub(rounder);
      FloatVector r = n.fma(low, n.fma(high, v));
      FloatVector series = r.mul(1f / 5040).add(1f / 720);
      series = series.fma(r, FloatVector.broadcast(SPECIES, 1f / 120));
      series = series.fma(r, FloatVector.broadcast(SPECIES, 1f / 24));
      series = series.fma(r, FloatVector.broadcast(SPECIES, 1f / 6));
      series = series.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
      FloatVector minusOne = series.mul(r).fma(r, r);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, EXPONENT_AT)
              .add(EXPONENT_BIAS)
              .reinterpretAsFloats();
      minusOne = minusOne.fma(power, power.sub(1));
      minusOne.div(minusOne.add(2)).intoArray(x, i);
    }
    if (body < count) {
      float[] rest = rest(x, from + body, count - body);
      tanh(rest, 0, rest.length);
      System.arraycopy(rest, 0, x, from + body, count - body);
    }
  }

  /// Returns the end of an array that fills no vector, as a whole one.
  private static float[] rest(float[] x, int from, int count) {
    float[] rest = new float[Lanes.COUNT];
    System.arraycopy(x, from, rest, 0, count);
    return rest;
  }
}
