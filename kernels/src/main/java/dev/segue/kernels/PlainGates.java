package dev.segue.kernels;

/// What [GruGates] and [VectorMath] compute for one row, bit for bit, by plain loops; see
/// [PlainDots].
final class PlainGates {
  private PlainGates() {}

  /// Turns a row's products into its gates and h', as [GruGates#forward] does.
  static void forward(
      int size,
      float[] gates,
      int at,
      float[] product,
      float[] resetBias,
      float[] before,
      int beforeAt,
      float[] after,
      int afterAt) {
    int zAt = at + size;
    int nAt = zAt + size;
    int aAt = nAt + size;
    for (int i = 0; i < size; i++) {
      float r = sigmoid(gates[at + i] + product[i]);
      float z = sigmoid(gates[zAt + i] + product[size + i]);
      float a = product[2 * size + i] + resetBias[2 * size + i];
      float n = tanh(Math.fma(r, a, gates[nAt + i]));
      gates[at + i] = r;
      gates[zAt + i] = z;
      gates[nAt + i] = n;
      gates[aAt + i] = a;
      after[afterAt + i] = Math.fma(z, before[beforeAt + i] - n, n);
    }
  }

  /// Returns `1 / (1 + e^−x)` with the roundings of [VectorMath#sigmoid].
  static float sigmoid(float x) {
    float v = clamp(Math.fma(x, -1f, 0f), VectorMath.EXP_MIN, VectorMath.EXP_MAX);
    float shifted = shifted(v);
    float power = power(shifted);
    return 1 / (Math.fma(minusOne(v, shifted), power, power) + 1);
  }

  /// Returns the hyperbolic tangent with the roundings of [VectorMath#tanh].
  static float tanh(float x) {
    float v = clamp(x, -VectorMath.TANH_MAX, VectorMath.TANH_MAX);
    v = v + v;
    float shifted = shifted(v);
    float power = power(shifted);
    float minusOne = Math.fma(minusOne(v, shifted), power, power - 1);
    return minusOne / (minusOne + 2);
  }

  /// Leaves what is not a number as it is.
  private static float clamp(float v, float least, float most) {
    float atLeast = v < least ? least : v;
    return atLeast > most ? most : atLeast;
  }

  private static float shifted(float v) {
    return Math.fma(v, VectorMath.LOG2_E, VectorMath.ROUNDER);
  }

  private static float power(float shifted) {
    int bits = Float.floatToRawIntBits(shifted) << VectorMath.EXPONENT_AT;
    return Float.intBitsToFloat(bits + VectorMath.EXPONENT_BIAS);
  }

  /// Returns `e^r − 1`.
  private static float minusOne(float v, float shifted) {
    float n = shifted - VectorMath.ROUNDER;
    float r = Math.fma(n, -VectorMath.LN2_LOW, Math.fma(n, -VectorMath.LN2_HIGH, v));
    float series = r * (1f / 5040) + 1f / 720;
    series = Math.fma(series, r, 1f / 120);
    series = Math.fma(series, r, 1f / 24);
    series = Math.fma(series, r, 1f / 6);
    series = Math.fma(series, r, 0.5f);
    return Math.fma(series * r, r, r);
  }
}
