package dev.segue.kernels;

import java.util.Arrays;

/// Copies rectangles of matrices into the order in which [GemmTile] reads them, padded with zeros
/// to whole tiles. One panel holds `width` lines (rows of the left operand, columns of the right
/// one); element `p` of line `i` is `panel[p · width + i]`.
final class Panels {
  private Panels() {}

  /// Packs rows `0..a.rows` of a left operand into panels as high as their tiles. The panel that
  /// starts at row `i` starts at `origin + i · a.columns()`.
  static void packLeft(Matrix a, float[] panels, int origin) {
    int depth = a.columns();
    for (int i = 0; i < a.rows(); ) {
      int height = GemmTile.height(a.rows() - i);
      int rows = Math.min(height, a.rows() - i);
      if (a.transposed()) {
        copy(a.rows(i, rows).transpose(), panels, origin + i * depth, height);
      } else {
        interleave(a.rows(i, rows), panels, origin + i * depth, height);
      }
      i += height;
    }
  }

  /// Packs columns `0..b.columns` of a right operand into panels of [GemmTile#COLUMNS]. The panel
  /// that starts at column `j` starts at `origin + j · b.rows()`.
  static void packRight(Matrix b, float[] panels, int origin) {
    int depth = b.rows();
    for (int j = 0; j < b.columns(); j += GemmTile.COLUMNS) {
      int columns = Math.min(GemmTile.COLUMNS, b.columns() - j);
      if (b.transposed()) {
        interleave(b.columns(j, columns).transpose(), panels, origin + j * depth, GemmTile.COLUMNS);
      } else {
        copy(b.columns(j, columns), panels, origin + j * depth, GemmTile.COLUMNS);
      }
    }
  }

  /// Returns how many elements the packed rows of a left operand take.
  static int leftSize(int rows, int depth) {
    return Math.multiplyExact(rows + GemmTile.ROWS, depth);
  }

  /// Returns how many elements the packed columns of a right operand take.
  static int rightSize(int depth, int columns) {
    return Math.multiplyExact(columns + GemmTile.COLUMNS, depth);
  }

  /// Lines are stored rows: element `p` of all lines, then element `p + 1`.
  private static void interleave(Matrix m, float[] panel, int at, int width) {
    int depth = m.columns();
    int i = 0;
    for (; i + 4 <= m.rows() && m.isContiguous(i, 4); i += 4) {
      interleave4(m.array(i), m.offset(i), m.tensor().columns(), depth, panel, at + i, width);
    }
    for (; i < m.rows(); i++) {
      float[] line = m.array(i);
      int from = m.offset(i);
      for (int p = 0; p < depth; p++) {
        panel[at + p * width + i] = line[from + p];
      }
    }
    for (; i < width; i++) {
      for (int p = 0; p < depth; p++) {
        panel[at + p * width + i] = 0;
      }
    }
  }

  /// Four lines at a time: a quarter of the cache lines written per element.
  private static void interleave4(
      float[] lines, int from, int stride, int depth, float[] panel, int at, int width) {
    int from1 = from + stride;
    int from2 = from1 + stride;
    int from3 = from2 + stride;
    for (int p = 0, to = at; p < depth; p++, to += width) {
      panel[to] = lines[from + p];
      panel[to + 1] = lines[from1 + p];
      panel[to + 2] = lines[from2 + p];
      panel[to + 3] = lines[from3 + p];
    }
  }

  /// Lines are stored columns: a stored row is already in order.
  private static void copy(Matrix m, float[] panel, int at, int width) {
    for (int p = 0; p < m.rows(); p++) {
      int to = at + p * width;
      System.arraycopy(m.array(p), m.offset(p), panel, to, m.columns());
      Arrays.fill(panel, to + m.columns(), to + width, 0);
    }
  }
}
