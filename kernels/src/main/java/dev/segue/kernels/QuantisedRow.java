package dev.segue.kernels;

/// Quantises one row at a time for a [QuantisedIndex], which tells the format, and measures what
/// was lost.
final class QuantisedRow {
  /// Steps to choose from, in root mean squares of the row: the first is the best for normal
  /// elements, the second for rows of fewer large ones.
  private static final double[] STEPS = {0.37, 0.48};

  /// A row without greater elements, in root mean squares, takes the first step.
  private static final double FEW_LARGE = 4.5;

  private static final int PANEL = QuantisedIndex.PANEL;

  private final int columns;
  private final int fineLength;
  private float step;
  private double squaredCoarseError;
  private double squaredFineError;
  private double squaredLength;
  private double squaredNorm;

  /// Makes a quantiser.
  ///
  /// @param fineLength lanes of a row of fine codes
  QuantisedRow(int columns, int fineLength) {
    this.columns = columns;
    this.fineLength = fineLength;
  }

  /// Returns the greatest magnitude of a row; NaN or infinite where an element is.
  static double greatest(HeapTensor weights, int row) {
    float[] array = weights.array(row);
    int at = weights.offset(row);
    float greatest = 0;
    for (int i = 0; i < weights.columns(); i++) {
      greatest = Math.max(greatest, Math.abs(array[at + i]));
    }
    return greatest;
  }

  /// Writes the codes of a row over zeros.
  ///
  /// @param greatest the greatest magnitude
  /// @param coarse receives a lane of four codes every [QuantisedIndex#PANEL] elements from
  ///   `coarseAt` on
  /// @param fine receives the row from `fineAt` on
  void write(
      float[] array,
      int from,
      double greatest,
      short[] coarse,
      int coarseAt,
      short[] fine,
      int fineAt) {
    squaredLength = 0;
    for (int i = 0; i < columns; i++) {
      squaredLength += (double) array[from + i] * array[from + i];
    }
    step = bestStep(array, from, greatest);
    double inverse = inverse(step);
    squaredCoarseError = 0;
    squaredFineError = 0;
    squaredNorm = 0;
    double quarter = step / 4.0;
    for (int first = 0, shift = 0; first < columns; first += fineLength, shift += 2) {
      for (int i = first; i < Math.min(columns, first + fineLength); i++) {
        double weight = array[from + i];
        int code = code(weight, inverse);
        double number = (code >> 2) - 7.5;
        double error = weight - step * number;
        double fineError = weight - quarter * (code - 31.5);
        squaredNorm += number * number;
        squaredCoarseError += error * error;
        squaredFineError += fineError * fineError;
        coarse[coarseAt + (i >> 2) * PANEL] |= (short) ((code >> 2) << (4 * (i & 3)));
        fine[fineAt + i - first] |= (short) ((code & 3) << shift);
      }
    }
  }

  private float bestStep(float[] array, int from, double greatest) {
    double unit = Math.sqrt(squaredLength / columns);
    if (greatest <= FEW_LARGE * unit) {
      return (float) (STEPS[0] * unit);
    }
    double least = Double.POSITIVE_INFINITY;
    float best = 0;
    for (double choice : STEPS) {
      float candidate = (float) (choice * unit);
      double inverse = inverse(candidate);
      double squaredError = 0;
      for (int i = 0; i < columns; i++) {
        double weight = array[from + i];
        double error = weight - candidate * ((code(weight, inverse) >> 2) - 7.5);
        squaredError += error * error;
      }
      if (squaredError < least) {
        least = squaredError;
        best = candidate;
      }
    }
    return best;
  }

  private static double inverse(float step) {
    return step == 0 ? 0 : 4.0 / step;
  }

  /// Returns the code of 6 bits.
  private static int code(double weight, double inverse) {
    return Math.min(Math.max((int) (weight * inverse + 32), 0), 63);
  }

  /// Returns δ of the last row.
  float step() {
    return step;
  }

  /// Returns `‖w − ŵ‖` of the last row.
  double coarseError() {
    return Math.sqrt(squaredCoarseError);
  }

  /// Returns `‖w − w̃‖` of the last row.
  double fineError() {
    return Math.sqrt(squaredFineError);
  }

  /// Returns `‖w‖` of the last row.
  double length() {
    return Math.sqrt(squaredLength);
  }

  /// Returns `‖n − 7½‖` of the last row.
  double norm() {
    return Math.sqrt(squaredNorm);
  }
}
