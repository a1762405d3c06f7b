package dev.segue.kernels;

import static dev.segue.kernels.Workspace.START;

import dev.segue.kernels.Workspace.Slot;

/// A right operand packed once and used at every step, by every thread.
final class RecurrentWeights {
  private final PackedRight weights;

  /// Packs a matrix into an array of the workspace, which must outlive this object.
  RecurrentWeights(Matrix weights, Workspace workspace) {
    int size = Panels.rightSize(weights.rows(), weights.columns());
    this.weights = PackedRight.pack(weights, workspace.lines(Slot.RIGHT_PANELS, size), START);
  }

  /// Computes `c (+)= a · weights`.
  void multiply(Matrix a, Matrix c, boolean add, Workspace workspace) {
    float[] left = workspace.lines(Slot.LEFT_PANELS, Panels.leftSize(a.rows(), a.columns()));
    float[] edge = workspace.floats(Slot.TILE, TileProduct.EDGE);
    TileProduct.run(PackedLeft.pack(a, left, START), weights, c, add, edge);
  }
}
