package dev.segue.kernels;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A tensor in Java arrays: blocks of whole rows, so that a table may pass 2³¹ elements and no
/// block is hard to place for a garbage collector. Row `i` starts at `offset(i)` of `array(i)`; the
/// rows of a large tensor start on a cache line, see [Workspace#START].
final class HeapTensor implements Tensor {
  /// Most elements of one block unless a row is longer: 64 MiB.
  static final int BLOCK_ELEMENTS = 1 << 24;

  private final int rows;
  private final int columns;
  private final int shift;

  /// Where the rows of every block start; zero for a single row, which may be used as an array.
  private final int start;

  private final @Nullable FreeBlocks free;
  private float[][] blocks;

  /// Makes a tensor of zeros.
  HeapTensor(int rows, int columns) {
    this(rows, columns, BLOCK_ELEMENTS);
  }

  /// Makes a tensor of zeros whose blocks hold at most `blockElements` elements, or one row. Tests
  /// force tiny blocks with it.
  HeapTensor(int rows, int columns, int blockElements) {
    this(rows, columns, blockElements, null);
  }

  /// Makes a tensor of zeros in arrays from `free`, to which they return when it is closed.
  HeapTensor(int rows, int columns, int blockElements, @Nullable FreeBlocks free) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          "tensor: negative size, expected [0, 0] or more, got [%d, %d]".formatted(rows, columns));
    }
    this.rows = rows;
    this.columns = columns;
    this.free = free;
    int blockRows = Integer.highestOneBit(Math.max(1, blockElements / Math.max(1, columns)));
    this.shift = Integer.numberOfTrailingZeros(blockRows);
    this.start = rows == 1 || size() < Workspace.PLACED_ALONE ? 0 : Workspace.START;
    this.blocks = new float[(int) (((long) rows + blockRows - 1) >>> shift)][];
    // What takes long is that the system hands out new pages, one by one to each thread.
    IntStream all = IntStream.range(0, blocks.length);
    (blocks.length > 1 ? all.parallel() : all).forEach(block -> blocks[block] = block(block));
  }

  private float[] block(int block) {
    int rowsHere = Math.min(1 << shift, rows - (block << shift));
    int length = Math.addExact(Math.multiplyExact(rowsHere, columns), start);
    return free == null ? new float[length] : free.take(length);
  }

  /// Wraps the start of an array as one block; the tensor and the array share their elements.
  HeapTensor(int rows, int columns, float[] array) {
    this(rows, columns, array, 0);
  }

  /// Wraps part of an array, from `start` on.
  HeapTensor(int rows, int columns, float[] array, int start) {
    this.start = start;
    this.free = null;
    this.rows = rows;
    this.columns = columns;
    this.shift = Integer.SIZE - 1;
    this.blocks = new float[][] {array};
  }

  /// Returns the tensor as one whose arrays can be reached.
  static HeapTensor of(Tensor tensor) {
    // Not a switch over types: the first one of a program takes some milliseconds.
    return (HeapTensor) tensor;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  /// Returns the array that holds a row.
  float[] array(int row) {
    return blocks[row >>> shift];
  }

  /// Returns where a row starts in its array.
  int offset(int row) {
    return start + (row & ((1 << shift) - 1)) * columns;
  }

  /// Returns the number of rows from `row` on that lie in the same array.
  int rowsInBlock(int row) {
    return (int) Math.min(rows - row, (1L << shift) - (row & ((1 << shift) - 1)));
  }

  float get(int row, int column) {
    return array(row)[offset(row) + column];
  }

  void set(int row, int column, float value) {
    array(row)[offset(row) + column] = value;
  }

  void add(int row, int column, float value) {
    array(row)[offset(row) + column] += value;
  }

  @Override
  public void write(int firstRow, FloatBuffer source) {
    int count = wholeRows("write", firstRow, source.remaining());
    for (int row = firstRow; row < firstRow + count; ) {
      int here = Math.min(rowsInBlock(row), firstRow + count - row);
      source.get(array(row), offset(row), here * columns);
      row += here;
    }
  }

  @Override
  public void read(int firstRow, FloatBuffer target) {
    int count = wholeRows("read", firstRow, target.remaining());
    for (int row = firstRow; row < firstRow + count; ) {
      int here = Math.min(rowsInBlock(row), firstRow + count - row);
      target.put(array(row), offset(row), here * columns);
      row += here;
    }
  }

  @Override
  public void fill(float value) {
    for (int row = 0; row < rows; row += rowsInBlock(row)) {
      int from = offset(row);
      java.util.Arrays.fill(array(row), from, from + rowsInBlock(row) * columns, value);
    }
  }

  private int wholeRows(String operation, int firstRow, int elements) {
    if (blocks.length == 0 && rows > 0) {
      throw new IllegalStateException("tensor: %s after close".formatted(operation));
    }
    return Shapes.wholeRows(operation, this, firstRow, elements);
  }

  @Override
  public void close() {
    if (free != null) {
      free.give(blocks);
    }
    blocks = new float[0][];
  }
}
