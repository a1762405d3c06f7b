package dev.segue.kernels;

/// A left operand as [GemmTile] reads it: element `p` of row `i + r`, where a tile starts at row
/// `i`, is `array[start(i) + p · step + r]`.
///
/// @param array holds the panels
/// @param origin where the first panel starts
/// @param rows number of rows
/// @param depth number of columns
/// @param stride zero for packed panels; else `array` is a transposed matrix with this row length,
///   which needs no packing because a row of it already lists neighbouring rows of the operand
record PackedLeft(float[] array, int origin, int rows, int depth, int stride) {

  /// Packs a matrix into an array of at least [Panels#leftSize] elements.
  static PackedLeft pack(Matrix a, float[] array) {
    Panels.packLeft(a, array, 0);
    return new PackedLeft(array, 0, a.rows(), a.columns(), 0);
  }

  int start(int row) {
    return origin + (stride == 0 ? row * depth : row);
  }

  int step(int height) {
    return stride == 0 ? height : stride;
  }

  /// Computes `c (+)= this · b`.
  ///
  /// The tile of `b` (depth × two vectors) stays in the first-level cache while the rows of this
  /// operand pass by from the second. Tiles that hang over the edge of `c`, or over two of its
  /// blocks, go through `edge`, an array of `ROWS × COLUMNS`.
  void times(PackedRight b, Matrix c, boolean add, float[] edge) {
    for (int j = 0; j < c.columns(); j += GemmTile.COLUMNS) {
      int columns = Math.min(GemmTile.COLUMNS, c.columns() - j);
      for (int i = 0; i < rows; ) {
        int height = GemmTile.height(rows - i);
        int bo = b.start(j);
        if (columns == GemmTile.COLUMNS && height <= rows - i && c.isContiguous(i, height)) {
          GemmTile.run(
              height,
              array,
              start(i),
              step(height),
              b.array(),
              bo,
              depth,
              c.array(i),
              c.offset(i) + j,
              c.tensor().columns(),
              add);
        } else {
          GemmTile.run(
              height,
              array,
              start(i),
              step(height),
              b.array(),
              bo,
              depth,
              edge,
              0,
              GemmTile.COLUMNS,
              false);
          int rowsHere = Math.min(height, rows - i);
          for (int r = 0; r < rowsHere; r++) {
            copyRow(edge, r * GemmTile.COLUMNS, c.array(i + r), c.offset(i + r) + j, columns, add);
          }
        }
        i += height;
      }
    }
  }

  private static void copyRow(float[] from, int at, float[] to, int start, int count, boolean add) {
    if (add) {
      for (int j = 0; j < count; j++) {
        to[start + j] += from[at + j];
      }
    } else {
      System.arraycopy(from, at, to, start, count);
    }
  }
}
