package dev.segue.engine.ranking;

import java.util.Arrays;

/// Reorders candidates so that a list does not say the same thing many times:
///
/// ```
/// r_i  = (score_i − min) / (max − min) over the candidates          1 where all are equal
/// next = argmax_i (1 − d) · r_i − d · max_{j chosen} similarity(i, j)
/// ```
///
/// The first m places of a list of k are the list of m. Cost: k · candidates similarities.
///
/// Source: Carbonell and Goldstein, "The use of MMR, diversity-based reranking", SIGIR 1998.
public final class MarginalRelevance {
  /// How many of the best items a list is chosen from, unless it is longer itself.
  public static final int CANDIDATES = 100;

  private MarginalRelevance() {}

  /// How alike two items are.
  @FunctionalInterface
  public interface Similarity {
    /// Returns 0 for items that share nothing to 1 for items that are the same.
    double of(int item, int other);
  }

  /// Returns the places of the chosen candidates, in the order of the list; equal ones in their
  /// order before.
  ///
  /// @param items the candidates, best first
  /// @param scores of the candidates
  /// @param k length of the list
  /// @param diversity d, 0 to 1
  public static int[] select(
      int[] items, double[] scores, int k, double diversity, Similarity similarity) {
    double[] relevance = normalised(scores);
    double[] nearest = new double[items.length];
    boolean[] isChosen = new boolean[items.length];
    int[] chosen = new int[Math.min(k, items.length)];
    for (int place = 0; place < chosen.length; place++) {
      int best = -1;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < items.length; i++) {
        double value = (1 - diversity) * relevance[i] - diversity * nearest[i];
        if (!isChosen[i] && value > most) {
          most = value;
          best = i;
        }
      }
      chosen[place] = best;
      isChosen[best] = true;
      for (int i = 0; i < items.length; i++) {
        if (!isChosen[i]) {
          nearest[i] = Math.max(nearest[i], similarity.of(items[i], items[best]));
        }
      }
    }
    return chosen;
  }

  private static double[] normalised(double[] scores) {
    double low = Arrays.stream(scores).filter(Double::isFinite).min().orElse(0);
    double high = Arrays.stream(scores).filter(Double::isFinite).max().orElse(0);
    return Arrays.stream(scores)
        .map(score -> high == low ? 1 : Math.clamp((score - low) / (high - low), 0, 1))
        .map(share -> Double.isNaN(share) ? 0 : share)
        .toArray();
  }
}
