package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class VectorMathTest {
  /// Every 997th float of both signs: four million arguments, each exponent thousands of times.
  private static final int STRIDE = 997;

  private interface InPlace {
    void run(float[] x, int from, int count);
  }

  @Test
  void expStaysWithinItsBound() {
    InPlace exp = (x, from, count) -> VectorMath.exp(x, from, count, 1, 0);
    assertThat(greatestError(exp, Math::exp, -87.3f, 88.3f)).isLessThan(2.5e-7);
  }

  @Test
  void sigmoidStaysWithinItsBound() {
    assertThat(greatestError(VectorMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), -87, 1000))
        .isLessThan(3e-7);
  }

  @Test
  void tanhStaysWithinItsBound() {
    assertThat(greatestError(VectorMath::tanh, Math::tanh, -1000, 1000)).isLessThan(4e-7);
  }

  private static double greatestError(
      InPlace function, DoubleUnaryOperator exact, float min, float max) {
    float[] x = new float[1000];
    float[] y = new float[1000];
    double worst = 0;
    int filled = 0;
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
      float value = Float.intBitsToFloat((int) bits);
      boolean isNormal = Math.abs(value) >= Float.MIN_NORMAL;
      if (value >= min && value <= max && isNormal) {
        x[filled++] = value;
      }
      if (filled == x.length) {
        filled = 0;
        System.arraycopy(x, 0, y, 0, x.length);
        function.run(y, 0, y.length);
        for (int i = 0; i < x.length; i++) {
          double right = exact.applyAsDouble(x[i]);
          worst = Math.max(worst, Math.abs(y[i] - right) / Math.abs(right));
        }
      }
    }
    return worst;
  }

  @Test
  void extremesAreWhatMathematicsSays() {
    float[] extremes = {
      Float.NEGATIVE_INFINITY, -1e30f, -0f, 0, 1e30f, Float.POSITIVE_INFINITY, Float.NaN
    };
    float[] x = extremes.clone();
    VectorMath.exp(x, 0, 7, 1, 0);
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(x).containsExactly(0, 0, 1, 1, infinity, infinity, Float.NaN);
    x = extremes.clone();
    VectorMath.sigmoid(x, 0, 7);
    assertThat(x).containsExactly(0, 0, 0.5f, 0.5f, 1, 1, Float.NaN);
    x = extremes.clone();
    VectorMath.tanh(x, 0, 7);
    for (int i = 0; i < x.length; i++) {
      x[i] += 0; // zeros of both signs are right
    }
    assertThat(x).containsExactly(-1, -1, 0, 0, 1, 1, Float.NaN);
  }

  @Test
  void anElementIsTheSameInBodyAndTail() {
    float[] values = Contract.normal(64, 3, 1);
    for (int from = 0; from < 20; from++) {
      for (int count = 0; count <= 44; count++) {
        float[] exp = values.clone();
        float[] tanh = values.clone();
        float[] sigmoid = values.clone();
        VectorMath.exp(exp, from, count, 1, 0);
        VectorMath.tanh(tanh, from, count);
        VectorMath.sigmoid(sigmoid, from, count);
        for (int i = 0; i < values.length; i++) {
          boolean inside = i >= from && i < from + count;
          assertThat(exp[i]).isEqualTo(inside ? single(values[i], 0) : values[i]);
          assertThat(tanh[i]).isEqualTo(inside ? single(values[i], 1) : values[i]);
          assertThat(sigmoid[i]).isEqualTo(inside ? single(values[i], 2) : values[i]);
        }
      }
    }
  }

  private static float single(float value, int function) {
    float[] x = {value};
    switch (function) {
      case 0 -> VectorMath.exp(x, 0, 1, 1, 0);
      case 1 -> VectorMath.tanh(x, 0, 1);
      default -> VectorMath.sigmoid(x, 0, 1);
    }
    return x[0];
  }
}
