package dev.segue.kernels;

/// A query in integers of 16 bits, made so that every sum of [QuantisedDots] fits in 16 bits.
/// [QuantisedSearch] has the formulas.
final class QuantisedQuery {
  private static final int LONGEST_SUM = 32767;

  /// The most that rounding of four integers adds to a sum: `3 · 128 / 2 + 63 / 2`, and one.
  private static final int ROUNDING = 225;

  private final int[] numbers;
  private final int shift;
  private final int start;
  private final float scale;
  private final float slack;
  private final float length;

  private QuantisedQuery(
      int[] numbers, int shift, int start, float scale, float slack, float length) {
    this.numbers = numbers;
    this.shift = shift;
    this.start = start;
    this.scale = scale;
    this.slack = slack;
    this.length = length;
  }

  /// Returns whether the bounds hold for a query; not for one that is zero, not finite, or very
  /// large or small.
  static boolean fits(float[] query, int at, int columns) {
    float greatest = 0;
    for (int i = 0; i < columns; i++) {
      greatest = Math.max(greatest, Math.abs(query[at + i]));
    }
    return QuantisedIndex.isRegular(greatest);
  }

  /// Quantises a query that fits.
  static QuantisedQuery of(float[] query, int at, int columns, QuantisedIndex index) {
    int quads = index.quads();
    float step = step(query, at, columns);
    int[] numbers = new int[4 * quads];
    double squaredError = 0;
    double squaredLength = 0;
    double squaredNorm = 0;
    long lastSum = 0;
    for (int i = 0; i < columns; i++) {
      double unit = (i & 3) == 3 ? step / 4.0 : step;
      double value = query[at + i];
      int number = (int) Math.rint(value / unit);
      double error = value - unit * number;
      double norm = unit / step * number;
      squaredError += error * error;
      squaredLength += value * value;
      squaredNorm += norm * norm;
      lastSum += (i & 3) == 3 ? number : 0;
      numbers[i] = (number & 0xffff) * 0x10001;
    }
    double greatestSum = Math.sqrt(squaredNorm) * index.greatestNorm();
    int shift = 0;
    while (Math.scalb(greatestSum, -shift) + quads + 2 > LONGEST_SUM) {
      shift++;
    }
    double middle = quads * (1 - Math.scalb(1.0, -shift)) / 2;
    int start = (int) Math.rint(middle - Math.scalb(32.0 * lastSum, -shift));
    float scale = Math.scalb(step, shift);
    double slack =
        Math.sqrt(squaredError) * index.greatestNorm() + (double) scale * (quads / 2.0 + 0.5);
    return new QuantisedQuery(
        numbers,
        shift,
        start,
        scale,
        (float) ((1 + 0x1p-9) * slack),
        (float) ((1 + 0x1p-10) * Math.sqrt(squaredLength)));
  }

  /// Returns the step with which the greatest sum of four products still fits.
  private static float step(float[] query, int at, int columns) {
    double greatest = 0;
    for (int first = 0; first < columns; first += 4) {
      double sum = 0;
      for (int i = first; i < Math.min(columns, first + 4); i++) {
        sum += Math.abs(query[at + i]) * ((i & 3) == 3 ? 4.0 * 63 : 128);
      }
      greatest = Math.max(greatest, sum);
    }
    return Math.nextUp((float) (greatest / (LONGEST_SUM - ROUNDING)));
  }

  /// Returns m, each element twice in an integer: what one broadcast brings to all lanes.
  int[] numbers() {
    return numbers;
  }

  /// Returns σ.
  int shift() {
    return shift;
  }

  /// Returns what a sum starts with, modulo 2¹⁶.
  short start() {
    return (short) start;
  }

  /// Returns κ.
  float scale() {
    return scale;
  }

  /// Returns c.
  float slack() {
    return slack;
  }

  /// Returns a.
  float length() {
    return length;
  }
}
