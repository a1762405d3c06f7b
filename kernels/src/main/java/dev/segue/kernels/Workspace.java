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
    SCORES
  }

  private final Pool pool;
  private final Map<Slot, float[]> arrays = new EnumMap<>(Slot.class);

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

  /// Returns a scratch matrix.
  HeapTensor tensor(Slot slot, int rows, int columns) {
    return new HeapTensor(rows, columns, floats(slot, Math.multiplyExact(rows, columns)));
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
