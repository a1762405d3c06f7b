package dev.segue.kernels;

/// Checks of shapes with one grammar of messages: `op: what is wrong, expected X, got Y`.
final class Shapes {
  /// Weights of rows that all weigh 1.
  static final float[] EQUAL_WEIGHTS = {};

  private Shapes() {}

  /// Throws unless `tensor` is `rows × columns`.
  static void check(String operation, String name, Tensor tensor, int rows, int columns) {
    if (tensor.rows() != rows || tensor.columns() != columns) {
      throw new IllegalArgumentException(
          "%s: %s has the wrong shape, expected [%d, %d], got [%d, %d]"
              .formatted(operation, name, rows, columns, tensor.rows(), tensor.columns()));
    }
  }

  /// Returns how many rows of a tensor some elements fill; throws unless they are whole rows that
  /// lie in it from `firstRow` on.
  static int wholeRows(String operation, Tensor tensor, int firstRow, int elements) {
    int count = tensor.columns() == 0 ? 0 : elements / tensor.columns();
    if ((long) count * tensor.columns() != elements) {
      throw new IllegalArgumentException(
          "tensor: %s of part of a row, expected a multiple of %d elements, got %d"
              .formatted(operation, tensor.columns(), elements));
    }
    if (firstRow < 0 || firstRow > tensor.rows() - count) {
      throw new IllegalArgumentException(
          "tensor: %s of rows %d to %d is out of range, expected 0 to %d"
              .formatted(operation, firstRow, (long) firstRow + count - 1, tensor.rows() - 1));
    }
    return count;
  }

  /// Throws unless two sizes are equal.
  static void equal(String operation, String what, int expected, int got) {
    if (expected != got) {
      throw new IllegalArgumentException(
          "%s: %s, expected %d, got %d".formatted(operation, what, expected, got));
    }
  }

  /// Throws unless every id lies in `0..bound-1`.
  static void ids(String operation, String name, int[] ids, int bound) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= bound) {
        throw new IllegalArgumentException(
            "%s: %s[%d] is out of range, expected 0 to %d, got %d"
                .formatted(operation, name, i, bound - 1, ids[i]));
      }
    }
  }

  /// Throws unless there is a weight of 0 or more for every row, or none at all.
  static void rowWeights(String operation, float[] weights, int rows) {
    if (weights.length > 0) {
      equal(operation, "row weights and rows differ", rows, weights.length);
    }
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "%s: row weight %d is no weight, expected 0 or more, got %s"
                .formatted(operation, i, weights[i]));
      }
    }
  }
}
