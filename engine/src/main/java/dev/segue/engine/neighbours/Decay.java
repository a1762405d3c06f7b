package dev.segue.engine.neighbours;

/// How a weight falls with the number of steps x from the last of l places; 1 at x = 0.
public sealed interface Decay {
  /// Returns the weight.
  ///
  /// @param steps x, 0 to `length` − 1
  /// @param length l
  double weight(int steps, int length);

  /// Returns the weights at 0 to `length` − 1.
  default float[] weights(int length) {
    float[] weights = new float[length];
    for (int steps = 0; steps < length; steps++) {
      weights[steps] = (float) weight(steps, length);
    }
    return weights;
  }

  /// 1 everywhere.
  record None() implements Decay {
    @Override
    public double weight(int steps, int length) {
      return 1;
    }
  }

  /// (l − x) / l, to a power: 1 is the linear decay of V-SkNN, 2 its quadratic one.
  ///
  /// @param power exponent
  record Polynomial(int power) implements Decay {
    @Override
    public double weight(int steps, int length) {
      return Math.pow((double) (length - steps) / length, power);
    }
  }

  /// 1 / (1 + x).
  record Reciprocal() implements Decay {
    @Override
    public double weight(int steps, int length) {
      return 1.0 / (1 + steps);
    }
  }

  /// exp(−x / λ), as in STAN.
  ///
  /// @param scale λ, above 0
  record Exponential(double scale) implements Decay {
    @Override
    public double weight(int steps, int length) {
      return Math.exp(-steps / scale);
    }
  }

  /// Reads `none`, `linear`, `quadratic`, `reciprocal`, or λ of an exponential decay.
  ///
  /// @throws IllegalArgumentException for anything else
  static Decay parse(String text) {
    return switch (text) {
      case "none" -> new None();
      case "linear" -> new Polynomial(1);
      case "quadratic" -> new Polynomial(2);
      case "reciprocal" -> new Reciprocal();
      default -> new Exponential(scale(text));
    };
  }

  private static double scale(String text) {
    double scale = Double.parseDouble(text);
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("decay: length, expected above 0, got " + text);
    }
    return scale;
  }
}
