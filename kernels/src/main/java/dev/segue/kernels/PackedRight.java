package dev.segue.kernels;

/// A right operand as [GemmTile] reads it: the panel of columns `j..j + COLUMNS` starts at `origin
/// + j · depth`.
///
/// @param array holds the panels
/// @param origin where the first panel starts
/// @param depth number of rows
record PackedRight(float[] array, int origin, int depth) {

  /// Packs a matrix into an array of at least [Panels#rightSize] elements.
  static PackedRight pack(Matrix b, float[] array) {
    Panels.packRight(b, array, 0);
    return new PackedRight(array, 0, b.rows());
  }

  int start(int column) {
    return origin + column * depth;
  }
}
