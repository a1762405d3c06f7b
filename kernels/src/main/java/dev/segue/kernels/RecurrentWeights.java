package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;

/// A right operand packed once and used at every step, by every thread.
final class RecurrentWeights {
  private final float[] panels;
  private final int depth;
  private final int paddedColumns;

  /// Packs a matrix into an array of the workspace, which must outlive this object.
  RecurrentWeights(Matrix weights, Workspace workspace) {
    depth = weights.rows();
    paddedColumns =
        (weights.columns() + GemmTile.COLUMNS - 1) / GemmTile.COLUMNS * GemmTile.COLUMNS;
    panels = workspace.floats(Slot.RIGHT_PANELS, Math.multiplyExact(depth, paddedColumns));
    for (int p = 0; p < depth; p += VectorGemm.DEPTH) {
      int length = Math.min(VectorGemm.DEPTH, depth - p);
      Panels.packRight(weights.rows(p, length), panels, p * paddedColumns);
    }
  }

  /// Computes `c (+)= a · weights`.
  void multiply(Matrix a, Matrix c, boolean add, Workspace workspace) {
    float[] edge = workspace.floats(Slot.TILE, GemmTile.ROWS * GemmTile.COLUMNS);
    float[] left =
        workspace.floats(Slot.LEFT_PANELS, Panels.leftSize(VectorGemm.HEIGHT, VectorGemm.DEPTH));
    for (int p = 0; p < depth; p += VectorGemm.DEPTH) {
      int length = Math.min(VectorGemm.DEPTH, depth - p);
      PackedRight block = new PackedRight(panels, p * paddedColumns, length);
      for (int i = 0; i < c.rows(); i += VectorGemm.HEIGHT) {
        int height = Math.min(VectorGemm.HEIGHT, c.rows() - i);
        PackedLeft.pack(a.rows(i, height).columns(p, length), left)
            .times(block, c.rows(i, height), add || p > 0, edge);
      }
    }
  }
}
