package dev.segue.kernels;

/// A query in integers, made so that every sum of [QuantisedDots] fits in 16 bits.
/// [QuantisedSearch] has the formulas.
final class QuantisedQuery {
  private static final int LONGEST_SUM = 32766;

  private final int[] coarse;
  private final short[] fine;
  private final short coarseStart;
  private final short fineStart;
  private final float scale;
  private final float coarseSlack;
  private final float fineSlack;
  private final float length;

  private QuantisedQuery(int[] numbers, float scale, double error, double length, double norm) {
    int sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    int fineLength = numbers.length / QuantisedIndex.FINE_CODES;
    coarse = new int[numbers.length];
    fine = new short[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      int factor = numbers[i] - ((i & 3) == 0 ? 0 : 16 * numbers[i - 1]);
      coarse[i] = (factor & 0xffff) * 0x10001;
      fine[i] = (short) (numbers[i] - (i < fineLength ? 0 : 4 * numbers[i - fineLength]));
    }
    coarseStart = (short) Math.rint(-7.5 * sum);
    fineStart = (short) Math.rint(-1.5 * sum);
    this.scale = scale;
    coarseSlack = (float) ((1 + 0x1p-9) * (error * norm + scale / 2.0));
    fineSlack = (float) ((1 + 0x1p-9) * (error * norm / 4 + scale / 8.0));
    this.length = (float) ((1 + 0x1p-10) * length);
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
    double squaredLength = 0;
    for (int i = 0; i < columns; i++) {
      squaredLength += (double) query[at + i] * query[at + i];
    }
    double length = Math.sqrt(squaredLength);
    double norm = index.greatestNorm();
    double rounding = Math.sqrt(columns) / 2;
    float step = Math.nextUp((float) (length * norm / (LONGEST_SUM - rounding * norm)));
    int[] numbers = new int[QuantisedIndex.FINE_CODES * index.fineLength()];
    double squaredError = 0;
    for (int i = 0; i < columns; i++) {
      double value = query[at + i];
      numbers[i] = (int) Math.rint(value / step);
      double error = value - (double) step * numbers[i];
      squaredError += error * error;
    }
    return new QuantisedQuery(numbers, step, Math.sqrt(squaredError), length, norm);
  }

  /// Returns the factors of the coarse codes, each twice in an integer: what one broadcast brings
  /// to all lanes.
  int[] coarse() {
    return coarse;
  }

  /// Returns the factors of the fine codes.
  short[] fine() {
    return fine;
  }

  /// Returns what a sum of coarse codes starts with, modulo 2¹⁶.
  short coarseStart() {
    return coarseStart;
  }

  /// Returns what is added to a sum of fine codes, modulo 2¹⁶.
  short fineStart() {
    return fineStart;
  }

  /// Returns θ.
  float scale() {
    return scale;
  }

  /// Returns c.
  float coarseSlack() {
    return coarseSlack;
  }

  /// Returns c′.
  float fineSlack() {
    return fineSlack;
  }

  /// Returns a.
  float length() {
    return length;
  }
}
