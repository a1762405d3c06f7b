package dev.segue.kernels;

/// A right operand as [GemmTile] reads it: the panel of columns `j..j + COLUMNS` starts at `origin
/// + j · depth`, and in it row `p` at `p · COLUMNS`.
///
/// @param array holds the panels
/// @param origin where the first panel starts
/// @param depth number of rows
/// @param columns number of columns
record PackedRight(float[] array, int origin, int depth, int columns) {

  /// Packs a matrix into an array of at least `origin` + [Panels#rightSize] elements.
  static PackedRight pack(Matrix b, float[] array, int origin) {
    Panels.packRight(b, 0, Panels.rightCount(b.columns()), array, origin);
    return new PackedRight(array, origin, b.rows(), b.columns());
  }

  int start(int column, int row) {
    return origin + column * depth + row * GemmTile.COLUMNS;
  }
}
