package dev.segue.kernels;

/// The k best (score, item) pairs seen so far: higher scores first, equal scores by lower item. A
/// binary heap with the worst pair at its root, so that most offers end at one comparison. NaN is
/// never among the best.
final class BestK {
  private final int[] items;
  private final float[] scores;
  private int size;

  BestK(int k) {
    items = new int[k];
    scores = new float[k];
  }

  /// Returns whether a pair would enter; false for NaN.
  boolean accepts(float score, int item) {
    return size < items.length
        ? !Float.isNaN(score)
        : items.length > 0 && better(score, item, scores[0], items[0]);
  }

  /// Takes a pair if it is among the k best so far.
  void offer(float score, int item) {
    if (!accepts(score, item)) {
      return;
    }
    if (size < items.length) {
      rise(score, item);
    } else {
      sink(0, size, score, item);
    }
  }

  /// Takes all pairs of another.
  void offerAll(BestK other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.scores[i], other.items[i]);
    }
  }

  int size() {
    return size;
  }

  int capacity() {
    return items.length;
  }

  /// Returns the score below which nothing enters: the k-th best, −∞ before there are k.
  float worst() {
    return size < items.length || size == 0 ? Float.NEGATIVE_INFINITY : scores[0];
  }

  /// Empties the heap into two arrays of length [#size], best first.
  void drainTo(int[] sortedItems, float[] sortedScores) {
    for (int end = size - 1; end >= 0; end--) {
      sortedItems[end] = items[0];
      sortedScores[end] = scores[0];
      sink(0, end, scores[end], items[end]);
    }
    size = 0;
  }

  private static boolean better(float score, int item, float otherScore, int otherItem) {
    return score > otherScore || (score == otherScore && item < otherItem);
  }

  private void rise(float score, int item) {
    int child = size++;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (!better(scores[parent], items[parent], score, item)) {
        break;
      }
      put(child, scores[parent], items[parent]);
      child = parent;
    }
    put(child, score, item);
  }

  private void sink(int from, int end, float score, int item) {
    int parent = from;
    while (2 * parent + 1 < end) {
      int child = 2 * parent + 1;
      int right = child + 1;
      if (right < end && better(scores[child], items[child], scores[right], items[right])) {
        child = right;
      }
      if (!better(score, item, scores[child], items[child])) {
        break;
      }
      put(parent, scores[child], items[child]);
      parent = child;
    }
    put(parent, score, item);
  }

  private void put(int slot, float score, int item) {
    scores[slot] = score;
    items[slot] = item;
  }
}
