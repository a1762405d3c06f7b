package dev.segue.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/// Counts for one group of targets and the lists that were shown for them. All are integers, so
/// that the sums do not depend on the order in which threads add to them. Thread safe.
final class MetricTally {
  private final int[] cutoffs;
  private final RankCounts ranks;

  /// For each cut-off and item how often the item stood in a list at this cut-off and at no smaller
  /// one.
  private final int[][] shown;

  private final int[] firstCutoff;
  private long unknown;

  /// Makes an empty tally.
  ///
  /// @param cutoffs ascending
  /// @param items V
  MetricTally(int[] cutoffs, int items) {
    this.cutoffs = cutoffs;
    int longest = cutoffs[cutoffs.length - 1];
    ranks = new RankCounts(cutoffs);
    shown = new int[cutoffs.length][items];
    firstCutoff = new int[longest];
    for (int place = 0, cutoff = 0; place < longest; place++) {
      cutoff += place == cutoffs[cutoff] ? 1 : 0;
      firstCutoff[place] = cutoff;
    }
  }

  /// Counts one target.
  ///
  /// @param rank of the target, or [RankCounts#MISS]
  /// @param list the items recommended for it, best first
  /// @param isKnown whether the model knows the target
  synchronized void add(int rank, int[] list, boolean isKnown) {
    ranks.add(rank);
    unknown += isKnown ? 0 : 1;
    for (int place = 0; place < list.length; place++) {
      shown[firstCutoff[place]][list[place]]++;
    }
  }

  long predictions() {
    return ranks.predictions();
  }

  long unknown() {
    return unknown;
  }

  Map<Integer, Double> recall() {
    return ranks.recall();
  }

  Map<Integer, Double> precision() {
    return ranks.byCutoff(k -> ranks.recallAt(k) / k);
  }

  /// Returns 2RP / (R + P), which is 2R / (k + 1) because P = R / k.
  Map<Integer, Double> f1() {
    return ranks.byCutoff(k -> 2 * ranks.recallAt(k) / (k + 1));
  }

  Map<Integer, Double> mrr() {
    return ranks.mrr();
  }

  Map<Integer, Double> ndcg() {
    return ranks.ndcg();
  }

  /// Returns the share of all items that stood in some list.
  Map<Integer, Double> coverage() {
    return shownByCutoff((item, times) -> times > 0 ? 1 : 0, shown[0].length);
  }

  /// Returns the mean of `percentiles` over all places of all lists.
  Map<Integer, Double> popularity(double[] percentiles) {
    Map<Integer, Double> result = new LinkedHashMap<>();
    Map<Integer, Double> places = shownByCutoff((item, times) -> times, 1);
    shownByCutoff((item, times) -> times * percentiles[item], 1)
        .forEach((k, sum) -> result.put(k, sum / places.getOrDefault(k, 1.0)));
    return result;
  }

  private Map<Integer, Double> shownByCutoff(ShownValue value, double divisor) {
    long[] times = new long[shown[0].length];
    Map<Integer, Double> result = new LinkedHashMap<>();
    for (int cutoff = 0; cutoff < cutoffs.length && predictions() > 0; cutoff++) {
      double sum = 0;
      for (int item = 0; item < times.length; item++) {
        times[item] += shown[cutoff][item];
        sum += value.of(item, times[item]);
      }
      result.put(cutoffs[cutoff], sum / divisor);
    }
    return result;
  }

  @FunctionalInterface
  private interface ShownValue {
    double of(int item, long times);
  }
}
