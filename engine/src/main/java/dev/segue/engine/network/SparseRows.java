package dev.segue.engine.network;

import java.util.Arrays;

/// A sparse matrix in compressed rows: the content vectors of items, say.
///
/// @param offsets rows + 1 numbers: where the entries of each row start
/// @param columns column of each entry, ascending within a row
/// @param values value of each entry
/// @param width number of columns
public record SparseRows(int[] offsets, int[] columns, float[] values, int width) {
  /// Checks that the parts fit.
  public SparseRows {
    int entries = offsets[offsets.length - 1];
    if (columns.length != entries || values.length != entries) {
      throw new IllegalArgumentException(
          "sparse rows: entries, expected %d, got %d columns and %d values"
              .formatted(entries, columns.length, values.length));
    }
  }

  /// Returns the number of rows.
  public int rows() {
    return offsets.length - 1;
  }

  /// Returns the first rows.
  public SparseRows first(int count) {
    return new SparseRows(
        Arrays.copyOf(offsets, count + 1),
        Arrays.copyOf(columns, offsets[count]),
        Arrays.copyOf(values, offsets[count]),
        width);
  }

  /// Returns some rows, in the order asked for.
  SparseRows select(int[] rows) {
    int[] starts = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      starts[i + 1] = Math.addExact(starts[i], offsets[rows[i] + 1] - offsets[rows[i]]);
    }
    int[] ids = new int[starts[rows.length]];
    float[] weights = new float[ids.length];
    for (int i = 0; i < rows.length; i++) {
      int size = starts[i + 1] - starts[i];
      System.arraycopy(columns, offsets[rows[i]], ids, starts[i], size);
      System.arraycopy(values, offsets[rows[i]], weights, starts[i], size);
    }
    return new SparseRows(starts, ids, weights, width);
  }

  /// Returns rows and columns exchanged; the entries of a row ascend.
  SparseRows transposed() {
    int[] starts = new int[width + 1];
    for (int column : columns) {
      starts[column + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = Arrays.copyOf(starts, width);
    int[] ids = new int[columns.length];
    float[] weights = new float[columns.length];
    for (int row = 0; row < rows(); row++) {
      for (int entry = offsets[row]; entry < offsets[row + 1]; entry++) {
        int place = next[columns[entry]]++;
        ids[place] = row;
        weights[place] = values[entry];
      }
    }
    return new SparseRows(starts, ids, weights, rows());
  }

  /// Adds the product of one row with a dense matrix to `out`, entry by entry in order:
  ///
  /// ```
  /// out_c += Σ_j row_j · dense_jc
  /// ```
  ///
  /// @param dense `width × size`, row by row
  /// @param out receives `size` numbers from `at` on
  void addProduct(int row, float[] dense, int size, float[] out, int at) {
    for (int entry = offsets[row]; entry < offsets[row + 1]; entry++) {
      float value = values[entry];
      int from = columns[entry] * size;
      for (int column = 0; column < size; column++) {
        out[at + column] += value * dense[from + column];
      }
    }
  }
}
