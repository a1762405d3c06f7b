package dev.segue.kernels;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Scratch arrays that outlive an operation, so that steady work allocates nothing large. One
/// thread owns a workspace from [Pool#take] to [#close]; contents are undefined when taken.
final class Workspace implements AutoCloseable {
  /// What an array is for; each has its own array.
  enum Slot {
    LEFT_PANELS,
    RIGHT_PANELS,
    OTHER_RIGHT_PANELS,
    TILE,
    ROWS,
    OTHER_ROWS,
    PRODUCT,
    BIAS,
    LANES,
    SUMS,
    SCORES,
    BOUNDS,
    REFERENCES,
    EXPONENTIALS
  }

  /// With a header of 16 bytes, the element that starts the second cache line of an array.
  static final int START = 12;

  /// The default collector gives arrays of half a region or more their own regions. A region is at
  /// most the 2,048th part of the greatest heap, at least 1 MiB, and 8 MiB up to heaps of 16 GiB.
  static final int PLACED_ALONE =
      Math.clamp(Runtime.getRuntime().maxMemory() / 2048 / 2 / Float.BYTES, 1 << 17, 1 << 20);

  private final Pool pool;
  private final Map<Slot, float[]> arrays = new EnumMap<>(Slot.class);
  private final Map<Slot, float[][]> manyArrays = new EnumMap<>(Slot.class);

  private Workspace(Pool pool) {
    this.pool = pool;
  }

  /// Returns an array of at least `length` elements.
  float[] floats(Slot slot, int length) {
    float[] array = arrays.get(slot);
    if (array == null || array.length < length) {
      array = new float[length];
      arrays.put(slot, array);
    }
    return array;
  }

  /// Returns an array whose `length` elements from [#START] on are for the caller. They start on a
  /// cache line if the array is large enough to be placed by itself, which is why none is small:
  /// tiles that read whole lines are 4 to 12 % faster. Where a garbage collector places arrays
  /// otherwise, only that is lost.
  float[] lines(Slot slot, int length) {
    return floats(slot, Math.max(Math.addExact(length, START), PLACED_ALONE));
  }

  /// Returns a scratch matrix.
  HeapTensor tensor(Slot slot, int rows, int columns) {
    return new HeapTensor(rows, columns, floats(slot, Math.multiplyExact(rows, columns)));
  }

  /// Returns a scratch matrix whose first row starts on a cache line, see [#lines].
  HeapTensor lineTensor(Slot slot, int rows, int columns) {
    return new HeapTensor(rows, columns, lines(slot, Math.multiplyExact(rows, columns)), START);
  }

  /// Returns arrays whose `length` elements from [#START] on are for the caller.
  float[][] parts(Slot slot, int count, int length) {
    float[][] parts = manyArrays.get(slot);
    if (parts == null || parts.length < count || parts[0].length < length + START) {
      parts = new float[count][Math.addExact(length, START)];
      manyArrays.put(slot, parts);
    }
    return parts;
  }

  /// Gives the workspace back.
  @Override
  public void close() {
    pool.free.push(this);
  }

  /// Free workspaces of one backend; there are as many as threads ever worked at once.
  static final class Pool {
    private final ConcurrentLinkedDeque<Workspace> free = new ConcurrentLinkedDeque<>();

    Workspace take() {
      Workspace workspace = free.poll();
      return workspace == null ? new Workspace(this) : workspace;
    }
  }
}
