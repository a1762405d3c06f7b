package dev.segue.kernels;

import static dev.segue.kernels.Workspace.START;

import dev.segue.kernels.Workspace.Slot;
import org.jspecify.annotations.Nullable;

/// Matrix product in three levels of blocks, after Goto and van de Geijn, "Anatomy of
/// high-performance matrix multiplication", 2008.
///
/// A block of the right operand is packed into panels, then one block of the left operand after
/// another, and both are used while they are in the second cache ([SecondCache] gives their sizes).
/// Packing a whole operand once instead sends it through memory twice more, and is slower where
/// sums are long. Threads take rectangles of the result and share nothing.
final class VectorGemm {
  /// Cut when something is first multiplied: a program that serves may never do so.
  private static final class Blocks {
    /// Rows of a block of the left operand.
    static final int HEIGHT = SecondCache.MACHINE.leftBlockRows(TileProduct.DEPTH);

    /// Columns of a block of the right operand.
    static final int WIDTH = SecondCache.MACHINE.rightBlockColumns(TileProduct.DEPTH);
  }

  private final Workers workers;
  private final Workspace.Pool workspaces;

  VectorGemm(Workers workers, Workspace.Pool workspaces) {
    this.workers = workers;
    this.workspaces = workspaces;
  }

  void run(Gemm op) {
    multiply(
        Matrix.of(op.a(), op.transposeA()),
        Matrix.of(op.b(), op.transposeB()),
        Matrix.of(op.c()),
        op.bias() == null ? null : HeapTensor.of(op.bias()).array(0),
        op.accumulate());
  }

  /// Computes `c (+)= a · b (+ bias)`.
  void multiply(Matrix a, Matrix b, Matrix c, float @Nullable [] bias, boolean add) {
    int parts = workers.parts((long) c.rows() * c.columns() * Math.max(1, a.columns()));
    int rowParts = rowParts(c, parts);
    int columnParts = parts / rowParts;
    workers.run(
        parts,
        part -> {
          int row = cut(c.rows(), part % rowParts, rowParts, GemmTile.ROWS);
          int rowEnd = cut(c.rows(), part % rowParts + 1, rowParts, GemmTile.ROWS);
          int column = cut(c.columns(), part / rowParts, columnParts, GemmTile.COLUMNS);
          int columnEnd = cut(c.columns(), part / rowParts + 1, columnParts, GemmTile.COLUMNS);
          Matrix target = c.rows(row, rowEnd - row).columns(column, columnEnd - column);
          if (bias != null) {
            startWithBias(target, bias, column, add);
          }
          try (Workspace workspace = workspaces.take()) {
            rectangle(
                a.rows(row, rowEnd - row),
                b.columns(column, columnEnd - column),
                target,
                add || bias != null,
                workspace);
          }
        });
  }

  private static void rectangle(Matrix a, Matrix b, Matrix c, boolean add, Workspace workspace) {
    int depths = TileProduct.DEPTH;
    float[] left = workspace.lines(Slot.LEFT_PANELS, Panels.leftSize(Blocks.HEIGHT, depths));
    float[] right = workspace.lines(Slot.RIGHT_PANELS, Panels.rightSize(depths, Blocks.WIDTH));
    float[] edge = workspace.floats(Slot.TILE, TileProduct.EDGE);
    for (int j = 0; j < c.columns(); j += Blocks.WIDTH) {
      int width = Math.min(Blocks.WIDTH, c.columns() - j);
      for (int p = 0; p < Math.max(1, a.columns()); p += depths) {
        int depth = Math.min(depths, a.columns() - p);
        PackedRight packed = PackedRight.pack(b.rows(p, depth).columns(j, width), right, START);
        for (int i = 0; i < c.rows(); i += Blocks.HEIGHT) {
          int height = Math.min(Blocks.HEIGHT, c.rows() - i);
          Matrix block = a.rows(i, height).columns(p, depth);
          Matrix target = c.rows(i, height).columns(j, width);
          TileProduct.run(PackedLeft.pack(block, left, START), packed, target, add || p > 0, edge);
        }
      }
    }
  }

  /// Returns into how many parts to cut the rows: the rectangles with the least around them, which
  /// are the nearest to squares.
  private static int rowParts(Matrix c, int parts) {
    int best = 1;
    for (int candidate = 2; candidate <= parts; candidate++) {
      if (parts % candidate == 0 && edges(c, candidate, parts) < edges(c, best, parts)) {
        best = candidate;
      }
    }
    return best;
  }

  private static double edges(Matrix c, int rowParts, int parts) {
    return (double) c.rows() / rowParts + (double) c.columns() * rowParts / parts;
  }

  /// Returns where part `part` of `parts` of `count` lines starts, on a multiple of `grain`.
  static int cut(int count, int part, int parts, int grain) {
    int grains = (count + grain - 1) / grain;
    return Math.min(count, (int) ((long) grains * part / parts) * grain);
  }

  private static void startWithBias(Matrix c, float[] bias, int from, boolean add) {
    for (int i = 0; i < c.rows(); i++) {
      if (add) {
        VectorRows.add(bias, from, c.array(i), c.offset(i), c.columns());
      } else {
        System.arraycopy(bias, from, c.array(i), c.offset(i), c.columns());
      }
    }
  }
}
