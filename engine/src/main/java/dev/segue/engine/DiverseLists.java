package dev.segue.engine;

import dev.segue.engine.ranking.MarginalRelevance;

/// The lists of an evaluation when they are to be diverse, and how diverse lists are.
///
/// @param diversity 0 for the model's own lists
/// @param similarity how alike two items are
record DiverseLists(double diversity, MarginalRelevance.Similarity similarity) {
  /// Returns how many of the best items are needed for lists of k.
  int candidates(int k) {
    return diversity == 0 ? k : Math.max(k, MarginalRelevance.CANDIDATES);
  }

  /// Returns a list of k; equal scores count against the target.
  ///
  /// @param best the best items, best first, equal scores in order of item
  /// @param scores holds their scores from `offset` on
  /// @param target the item that is to be found, or a negative number
  int[] list(int[] best, float[] scores, int offset, int target, int k) {
    int[] candidates = best.clone();
    for (int i = 0; i + 1 < candidates.length; i++) {
      boolean isTie = scores[offset + candidates[i]] == scores[offset + candidates[i + 1]];
      if (candidates[i] == target && isTie) {
        candidates[i] = candidates[i + 1];
        candidates[i + 1] = target;
      }
    }
    double[] relevance = new double[candidates.length];
    for (int i = 0; i < relevance.length; i++) {
      relevance[i] = scores[offset + candidates[i]];
    }
    int[] list = MarginalRelevance.select(candidates, relevance, k, diversity, similarity);
    for (int i = 0; i < list.length; i++) {
      list[i] = candidates[list[i]];
    }
    return list;
  }

  /// Returns the place of an item in a list, from 1, or [RankCounts#MISS].
  static int rank(int[] list, int item) {
    for (int i = 0; i < list.length; i++) {
      if (list[i] == item) {
        return i + 1;
      }
    }
    return RankCounts.MISS;
  }

  /// Returns 1 less the mean similarity of the pairs of a list; 1 for a list of fewer than two.
  double of(int[] list) {
    double sum = 0;
    for (int i = 0; i < list.length; i++) {
      for (int j = i + 1; j < list.length; j++) {
        sum += similarity.of(list[i], list[j]);
      }
    }
    double pairs = list.length * (list.length - 1.0) / 2;
    return pairs == 0 ? 1 : 1 - sum / pairs;
  }
}
