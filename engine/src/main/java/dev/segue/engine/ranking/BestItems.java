package dev.segue.engine.ranking;

import dev.segue.kernels.TopK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Selects the k best of many scores in one pass with a heap of k, O(V + k log k · log V) on scores
/// in random order, and no sort of all. Reusable; not thread safe.
public final class BestItems {
  private final int capacity;
  private final int[] items;
  private final float[] scores;
  private int size;

  /// Makes a selection of at most `k` items.
  public BestItems(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("best items: k, expected at least 1, got " + k);
    }
    capacity = k;
    items = new int[k];
    scores = new float[k];
  }

  /// Selects from all scores and returns the items, best first.
  ///
  /// @param all holds the scores from `offset` on
  /// @param offset where they start
  /// @param count number of items
  public int[] select(float[] all, int offset, int count) {
    clear();
    int i = 0;
    for (; i < count && size < capacity; i++) {
      offer(i, all[offset + i]);
    }
    // One comparison decides for nearly every item once the heap is full; it is false for NaN, and
    // an equal score comes later in the order of items.
    float bar = size == 0 ? 0 : scores[0];
    for (; i < count; i++) {
      float score = all[offset + i];
      if (score > bar) {
        offer(i, score);
        bar = scores[0];
      }
    }
    return sorted();
  }

  /// Selects from the allowed and not excluded items.
  ///
  /// @param all the scores
  /// @param count number of items
  /// @param excluded items that must not appear, in any order
  /// @param allowed a bit per item, or null for all
  public TopK select(float[] all, int count, int[] excluded, long @Nullable [] allowed) {
    clear();
    int[] out = excluded.clone();
    Arrays.sort(out);
    for (int i = 0; i < count; i++) {
      boolean full = size == capacity;
      if (full && !(all[i] > scores[0])) {
        continue;
      }
      boolean isAllowed = allowed == null || (allowed[i >> 6] >>> i & 1) != 0;
      if (isAllowed && Arrays.binarySearch(out, i) < 0) {
        offer(i, all[i]);
      }
    }
    int[] best = sorted();
    float[] bestScores = Arrays.copyOf(scores, best.length);
    return new TopK(new int[][] {best}, new float[][] {bestScores});
  }

  private void clear() {
    size = 0;
  }

  private void offer(int item, float score) {
    float value = Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score;
    if (size < capacity) {
      items[size] = item;
      scores[size] = value;
      rise(size++);
    } else if (isWorse(items[0], scores[0], item, value)) {
      items[0] = item;
      scores[0] = value;
      sink(size);
    }
  }

  private static boolean isWorse(int item, float score, int other, float otherScore) {
    return score < otherScore || (score == otherScore && item > other);
  }

  private void rise(int from) {
    int i = from;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (!isWorse(items[i], scores[i], items[parent], scores[parent])) {
        return;
      }
      swap(i, parent);
      i = parent;
    }
  }

  private void sink(int bound) {
    int i = 0;
    while (2 * i + 1 < bound) {
      int child = 2 * i + 1;
      if (child + 1 < bound
          && isWorse(items[child + 1], scores[child + 1], items[child], scores[child])) {
        child++;
      }
      if (!isWorse(items[child], scores[child], items[i], scores[i])) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private void swap(int a, int b) {
    int item = items[a];
    float score = scores[a];
    items[a] = items[b];
    scores[a] = scores[b];
    items[b] = item;
    scores[b] = score;
  }

  /// Sorts the heap in place, worst to the end, and copies the items.
  private int[] sorted() {
    for (int last = size - 1; last > 0; last--) {
      swap(0, last);
      sink(last);
    }
    return Arrays.copyOf(items, size);
  }
}
