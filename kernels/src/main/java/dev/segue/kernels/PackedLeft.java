package dev.segue.kernels;

/// A left operand as [GemmTile] reads it: the panel of rows `i..i + ROWS` starts at `origin + i ·
/// depth`, and in it column `p` at `p · height`, the last panel being as high as its tile.
///
/// @param array holds the panels
/// @param origin where the first panel starts
/// @param rows number of rows
/// @param depth number of columns
record PackedLeft(float[] array, int origin, int rows, int depth) {

  /// Packs a matrix into an array of at least `origin` + [Panels#leftSize] elements.
  static PackedLeft pack(Matrix a, float[] array, int origin) {
    Panels.packLeft(a, 0, Panels.leftCount(a.rows()), array, origin);
    return new PackedLeft(array, origin, a.rows(), a.columns());
  }

  int start(int row, int column, int height) {
    return origin + row * depth + column * height;
  }
}
