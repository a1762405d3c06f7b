package dev.segue.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies rectangles of matrices into the order in which [GemmTile] reads them, padded with zeros
/// to whole tiles. One panel holds `width` lines (rows of the left operand, columns of the right
/// one); element `p` of line `i` is `panel[p · width + i]`.
///
/// Panels may be packed by several threads: a panel writes nothing outside itself.
final class Panels {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  /// Elements of each line that are read before the next panel is packed, where lines are stored
  /// rows: whole cache lines of each.
  private static final int LINE_STRETCH = 64;

  /// The same where lines are stored columns. Few, so that a stored row is read on from panel to
  /// panel as the cache expects it, and not a piece of each row.
  private static final int ROW_STRETCH = 8;

  private Panels() {}

  /// Returns the number of panels of so many rows of a left operand.
  static int leftCount(int rows) {
    return (rows + GemmTile.ROWS - 1) / GemmTile.ROWS;
  }

  /// Returns the number of panels of so many columns of a right operand.
  static int rightCount(int columns) {
    return (columns + GemmTile.COLUMNS - 1) / GemmTile.COLUMNS;
  }

  /// Returns how many elements the packed rows of a left operand take.
  static int leftSize(int rows, int depth) {
    return Math.multiplyExact(leftCount(rows) * GemmTile.ROWS, depth);
  }

  /// Returns how many elements the packed columns of a right operand take.
  static int rightSize(int depth, int columns) {
    return Math.multiplyExact(rightCount(columns) * GemmTile.COLUMNS, depth);
  }

  /// Packs panels `first..end` of a left operand. The panel that starts at row `i` starts at
  /// `origin + i · a.columns()`; the last one is as high as its tile.
  static void packLeft(Matrix a, int first, int end, float[] panels, int origin) {
    pack(a.transpose(), first, end, GemmTile.ROWS, panels, origin);
  }

  /// Packs panels `first..end` of a right operand. The panel that starts at column `j` starts at
  /// `origin + j · b.rows()`.
  static void packRight(Matrix b, int first, int end, float[] panels, int origin) {
    pack(b, first, end, GemmTile.COLUMNS, panels, origin);
  }

  /// Packs lines, which are the columns of `m`.
  private static void pack(
      Matrix m, int first, int end, int fullWidth, float[] panels, int origin) {
    int stretch = m.transposed() ? LINE_STRETCH : ROW_STRETCH;
    for (int p = 0; p < m.rows(); ) {
      int length = Math.min(stretch, m.rows() - p);
      if (!m.transposed()) {
        length = Math.min(length, m.rowsInArray(p));
      }
      for (int panel = first; panel < end; panel++) {
        int line = panel * fullWidth;
        int lines = Math.min(fullWidth, m.columns() - line);
        int width = fullWidth == GemmTile.ROWS ? GemmTile.height(lines) : fullWidth;
        int at = origin + line * m.rows() + p * width;
        if (m.transposed()) {
          interleave(m, line, lines, p, length, panels, at, width);
        } else {
          copy(m, line, lines, p, length, panels, at, width);
        }
      }
      p += length;
    }
  }

  /// Lines are stored rows: element `p` of all lines, then element `p + 1`.
  ///
  /// [Transposition] may write past a row of the panel, so the panel's last row is left to the slow
  /// way.
  private static void interleave(
      Matrix m, int line, int lines, int p, int length, float[] panel, int at, int width) {
    int done = 0;
    if (m.isContiguous(line, lines)) {
      int count = p + length < m.rows() || width % Lanes.COUNT == 0 ? length : length - 1;
      int from = m.offset(line) + p;
      int stride = m.tensor().columns();
      done = Transposition.run(m.array(line), from, stride, lines, count, panel, at, width);
    }
    if (done < length) {
      interleaveRest(m, line, lines, p + done, length - done, panel, at + done * width, width);
    }
  }

  private static void interleaveRest(
      Matrix m, int line, int lines, int p, int length, float[] panel, int at, int width) {
    int i = 0;
    for (; i + 4 <= lines && m.isContiguous(line + i, 4); i += 4) {
      int from = m.offset(line + i) + p;
      interleave4(m.array(line + i), from, m.tensor().columns(), length, panel, at + i, width);
    }
    for (; i < lines; i++) {
      float[] source = m.array(line + i);
      int from = m.offset(line + i) + p;
      for (int q = 0; q < length; q++) {
        panel[at + q * width + i] = source[from + q];
      }
    }
    for (; i < width; i++) {
      for (int q = 0; q < length; q++) {
        panel[at + q * width + i] = 0;
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
  ///
  /// A store of whole vectors may pass the end of its row of the panel into the next one, which is
  /// written later. So the panel's last row is copied one by one, and so are rows near an array's
  /// end, whose loads would pass it.
  private static void copy(
      Matrix m, int line, int lines, int p, int rows, float[] panel, int at, int width) {
    int span = Lanes.roundUp(width);
    int stride = m.tensor().columns();
    float[] source = m.array(p);
    int from = m.offset(p) + line;
    int whole = 0;
    if (lines == width) {
      int last = p + rows == m.rows() && span > width ? 1 : 0;
      int readable = Math.floorDiv(source.length - from - span, stride) + 1;
      whole = Math.clamp(readable, 0, rows - last);
      copyVectors(source, from, stride, whole, panel, at, width);
    }
    for (int row = whole; row < rows; row++) {
      int to = at + row * width;
      System.arraycopy(source, from + row * stride, panel, to, lines);
      Arrays.fill(panel, to + lines, to + width, 0);
    }
  }

  private static void copyVectors(
      float[] source, int from, int stride, int rows, float[] panel, int at, int width) {
    for (int p = 0; p < rows; p++, from += stride, at += width) {
      for (int i = 0; i < width; i += Lanes.COUNT) {
        FloatVector.fromArray(SPECIES, source, from + i).intoArray(panel, at + i);
      }
    }
  }
}
