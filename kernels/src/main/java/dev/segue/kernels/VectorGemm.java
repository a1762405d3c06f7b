package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import org.jspecify.annotations.Nullable;

/// Matrix product in three levels of blocks, after Goto and van de Geijn, "Anatomy of
/// high-performance matrix multiplication", 2008.
///
/// A block of the right operand (`DEPTH × WIDTH`) is packed into panels that the second or third
/// cache holds; a block of the left one (`HEIGHT × DEPTH`) is packed for the second cache; then
/// [PackedLeft#times] runs tiles over both. Threads take rectangles of the result and share
/// nothing. An element is summed in order of k within a block of `DEPTH`, then block by block,
/// whatever rectangle it falls in, so its bits depend neither on the threads nor on the shape.
final class VectorGemm {
  /// Length of the sums of one pass: a panel of the right operand, `DEPTH × 2` vectors, is 32 KiB
  /// with AVX-512.
  static final int DEPTH = 256;

  /// Rows of a packed left block, a multiple of every tile height: 192 KiB.
  static final int HEIGHT = 192;

  /// Columns of a packed right block: 1 MiB.
  static final int WIDTH = 1024;

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

  /// Returns into how many parts to cut the rows: the rectangles with the least to pack, which are
  /// the nearest to squares.
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

  private static void rectangle(Matrix a, Matrix b, Matrix c, boolean add, Workspace workspace) {
    float[] left = workspace.floats(Slot.LEFT_PANELS, Panels.leftSize(HEIGHT, DEPTH));
    float[] right = workspace.floats(Slot.RIGHT_PANELS, Panels.rightSize(DEPTH, WIDTH));
    float[] edge = workspace.floats(Slot.TILE, GemmTile.ROWS * GemmTile.COLUMNS);
    for (int j = 0; j < c.columns(); j += WIDTH) {
      int width = Math.min(WIDTH, c.columns() - j);
      for (int p = 0; p < Math.max(1, a.columns()); p += DEPTH) {
        int depth = Math.min(DEPTH, a.columns() - p);
        PackedRight packed = PackedRight.pack(b.rows(p, depth).columns(j, width), right);
        for (int i = 0; i < c.rows(); i += HEIGHT) {
          int height = Math.min(HEIGHT, c.rows() - i);
          PackedLeft.pack(a.rows(i, height).columns(p, depth), left)
              .times(packed, c.rows(i, height).columns(j, width), add || p > 0, edge);
        }
      }
    }
  }

  private static void startWithBias(Matrix c, float[] bias, int from, boolean add) {
    for (int i = 0; i < c.rows(); i++) {
      float[] row = c.array(i);
      int at = c.offset(i);
      for (int j = 0; j < c.columns(); j++) {
        float value = bias[from + j];
        row[at + j] = add ? row[at + j] + value : value;
      }
    }
  }
}
