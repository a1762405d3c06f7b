package dev.segue.kernels;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which items one row of a [TopKSearch] may get.
final class RankingRow {
  private final int @Nullable [] excluded;
  private final long @Nullable [] allowed;

  RankingRow(TopKSearch search, int row) {
    int[][] all = search.excluded();
    int[] sorted = all == null || all[row].length == 0 ? null : all[row].clone();
    if (sorted != null) {
      Arrays.sort(sorted);
    }
    this.excluded = sorted;
    this.allowed = search.allowed();
  }

  /// Returns whether the item may appear.
  boolean admits(int item) {
    if (allowed != null && (allowed[item >> 6] >>> item & 1) == 0) {
      return false;
    }
    return excluded == null || Arrays.binarySearch(excluded, item) < 0;
  }

  /// Puts the contents of one heap per row into an answer.
  static TopK answer(BestK[] best) {
    int[][] items = new int[best.length][];
    float[][] scores = new float[best.length][];
    for (int row = 0; row < best.length; row++) {
      items[row] = new int[best[row].size()];
      scores[row] = new float[best[row].size()];
      best[row].drainTo(items[row], scores[row]);
    }
    return new TopK(items, scores);
  }
}
