package dev.segue.kernels;

/// Quantises one row at a time for a [QuantisedIndex], which tells the format, and measures what it
/// lost.
final class QuantisedRow {
  private static final int PANEL = QuantisedIndex.PANEL;

  private final int columns;
  private double squaredError;
  private double squaredLength;
  private long squaredNorm;

  QuantisedRow(int columns) {
    this.columns = columns;
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

  /// Writes a row's bytes, [QuantisedIndex#PANEL] apart.
  ///
  /// @param step δ
  /// @param target receives the bytes
  /// @param at where the first one goes
  void write(HeapTensor weights, int row, float step, byte[] target, int at) {
    float[] array = weights.array(row);
    int from = weights.offset(row);
    double inverse = step == 0 ? 0 : 1.0 / step;
    squaredError = 0;
    squaredLength = 0;
    squaredNorm = 0;
    int to = at;
    for (int first = 0; first < columns; first += 4) {
      double w3 = first + 3 < columns ? array[from + first + 3] : 0;
      int last = (int) Math.rint(w3 * inverse / 4);
      int bits = last + 32;
      count(w3, step, 4 * last);
      for (int i = 0; i < 3; i++) {
        double w = first + i < columns ? array[from + first + i] : 0;
        int lowest = (bits >> (2 * i)) & 3;
        int number = 4 * (int) Math.rint((w * inverse - lowest) / 4) + lowest;
        count(w, step, number);
        target[to] = (byte) number;
        to += PANEL;
      }
    }
  }

  private void count(double weight, float step, int number) {
    double error = weight - (double) step * number;
    squaredError += error * error;
    squaredLength += weight * weight;
    squaredNorm += (long) number * number;
  }

  /// Returns `‖w − ŵ‖` of the last row.
  double error() {
    return Math.sqrt(squaredError);
  }

  /// Returns `‖w‖` of the last row.
  double length() {
    return Math.sqrt(squaredLength);
  }

  /// Returns `‖n‖` of the last row.
  double norm() {
    return Math.sqrt((double) squaredNorm);
  }
}
