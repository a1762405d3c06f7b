package dev.segue.kernels;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Products of packed operands, tile by tile.
///
/// A tile of the right operand (`DEPTH` × two vectors) stays in the first cache while the rows of
/// the left one pass by from the second. An element is one chain of fused multiply-adds in order of
/// k within `DEPTH`, then these sums in order. So its bits depend neither on blocks nor on the tile
/// or thread that computes it.
final class TileProduct {
  /// Length of the sums of one tile: a tile of the right operand is 32 KiB with AVX-512, 16 KiB
  /// with AVX2. It is part of what decides the bits of a result, so it does not follow the machine.
  static final int DEPTH = 256;

  /// Elements of the scratch array for tiles at edges.
  static final int EDGE = GemmTile.ROWS * GemmTile.COLUMNS;

  private static final Logger LOG = LoggerFactory.getLogger(TileProduct.class);
  static final KernelWatch WATCH = new KernelWatch("gemm", Lanes.COUNT, LOG::warn);

  private TileProduct() {}

  /// Computes `c (+)= a · b` with a scratch array of [#EDGE] elements.
  static void run(PackedLeft a, PackedRight b, Matrix c, boolean add, float[] edge) {
    long work = (long) a.rows() * a.depth() * c.columns();
    boolean watched = WATCH.wants(work);
    long start = watched ? System.nanoTime() : 0;
    slices(a, b, c, add, edge);
    if (watched) {
      WATCH.ran(work, System.nanoTime() - start);
    }
  }

  private static void slices(PackedLeft a, PackedRight b, Matrix c, boolean add, float[] edge) {
    for (int p = 0; p < Math.max(1, a.depth()); p += DEPTH) {
      slice(a, b, p, c, add || p > 0, edge);
    }
  }

  /// Tiles that hang over the edge of `c`, or over two of its blocks, go through `edge`.
  private static void slice(
      PackedLeft a, PackedRight b, int p, Matrix c, boolean add, float[] edge) {
    int depth = Math.min(DEPTH, a.depth() - p);
    for (int j = 0; j < c.columns(); j += GemmTile.COLUMNS) {
      int width = Math.min(GemmTile.COLUMNS, c.columns() - j);
      int bo = b.start(j, p);
      for (int i = 0; i < a.rows(); i += GemmTile.ROWS) {
        int here = Math.min(GemmTile.ROWS, a.rows() - i);
        int height = GemmTile.height(here);
        int ao = a.start(i, p, height);
        if (width == GemmTile.COLUMNS && height == here && c.isContiguous(i, height)) {
          int co = c.offset(i) + j;
          int stride = c.tensor().columns();
          GemmTile.run(height, a.array(), ao, b.array(), bo, depth, c.array(i), co, stride, add);
        } else {
          int stride = GemmTile.COLUMNS;
          GemmTile.run(height, a.array(), ao, b.array(), bo, depth, edge, 0, stride, false);
          for (int r = 0; r < here; r++) {
            copyRow(edge, r * stride, c.array(i + r), c.offset(i + r) + j, width, add);
          }
        }
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
