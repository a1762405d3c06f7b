package dev.segue.kernels;

/// A rectangle of a tensor, maybe seen transposed. Element `(i, j)` is element `(row + i, column +
/// j)` of the tensor, or `(row + j, column + i)` when transposed.
record Matrix(HeapTensor tensor, int row, int column, int rows, int columns, boolean transposed) {

  static Matrix of(Tensor tensor) {
    return new Matrix(HeapTensor.of(tensor), 0, 0, tensor.rows(), tensor.columns(), false);
  }

  static Matrix of(Tensor tensor, boolean transposed) {
    return transposed ? of(tensor).transpose() : of(tensor);
  }

  Matrix transpose() {
    return new Matrix(tensor, row, column, columns, rows, !transposed);
  }

  /// Returns `count` rows from `from` on.
  Matrix rows(int from, int count) {
    return transposed
        ? new Matrix(tensor, row, column + from, count, columns, true)
        : new Matrix(tensor, row + from, column, count, columns, false);
  }

  /// Returns `count` columns from `from` on.
  Matrix columns(int from, int count) {
    return transposed
        ? new Matrix(tensor, row + from, column, rows, count, true)
        : new Matrix(tensor, row, column + from, rows, count, false);
  }

  /// Returns the array that holds stored row `i` of the rectangle.
  float[] array(int i) {
    return tensor.array(row + i);
  }

  /// Returns where stored row `i` of the rectangle starts in its array.
  int offset(int i) {
    return tensor.offset(row + i) + column;
  }

  /// Returns how many stored rows of the tensor from `i` on lie in one array.
  int rowsInArray(int i) {
    return tensor.rowsInBlock(row + i);
  }

  /// Returns whether `count` stored rows from `i` on exist and lie in one array.
  boolean isContiguous(int i, int count) {
    return tensor.rowsInBlock(row + i) >= count;
  }
}
