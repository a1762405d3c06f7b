package dev.segue.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arrays of closed tensors, kept for the next ones, so that steps of training, whose tensors are
/// much alike, allocate nothing large. A collector would let them pile up until memory is short.
///
/// Only arrays of the size of a batch's activations are kept, and a bounded number of elements: not
/// tables, and not what a short burst of work left.
final class FreeBlocks {
  /// Smaller arrays are cheap to allocate.
  private static final int LEAST = 1 << 14;

  /// Larger arrays are tables, which outlive steps: 32 MiB.
  private static final int MOST = 1 << 23;

  /// Most elements kept in all, 128 MiB.
  private static final int CAPACITY = 1 << 25;

  /// The longest kept without use goes first.
  private final List<float[]> free = new ArrayList<>();

  private int elements;

  /// Returns an array of at least `length` elements, the first `length` of them zero.
  float[] take(int length) {
    float[] array = length < LEAST ? null : poll(length);
    if (array == null) {
      return new float[length];
    }
    Arrays.fill(array, 0, length, 0);
    return array;
  }

  /// Returns the smallest array that is long enough and not more than twice as long, or null.
  private synchronized float @Nullable [] poll(int length) {
    int best = -1;
    for (int i = 0; i < free.size(); i++) {
      int candidate = free.get(i).length;
      if (candidate >= length
          && candidate / 2 <= length
          && (best < 0 || candidate < free.get(best).length)) {
        best = i;
      }
    }
    if (best < 0) {
      return null;
    }
    float[] array = free.remove(best);
    elements -= array.length;
    return array;
  }

  /// Takes back arrays that nobody uses any more.
  synchronized void give(float[][] arrays) {
    for (float[] array : arrays) {
      if (array.length >= LEAST && array.length <= MOST) {
        free.add(array);
        elements += array.length;
      }
    }
    while (elements > CAPACITY) {
      elements -= free.removeFirst().length;
    }
  }
}
