package dev.segue.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/// How many targets had which rank. All are integers, so that the sums do not depend on the order
/// in which they are added. Not thread safe.
final class RankCounts {
  /// The rank of a target that cannot be hit.
  static final int MISS = Integer.MAX_VALUE;

  private final int[] cutoffs;
  private final long[] hitsByRank;
  private long predictions;

  /// Makes empty counts.
  ///
  /// @param cutoffs ascending
  RankCounts(int[] cutoffs) {
    this.cutoffs = cutoffs;
    hitsByRank = new long[cutoffs[cutoffs.length - 1] + 1];
  }

  /// Counts one target.
  ///
  /// @param rank of the target, or [#MISS]
  void add(int rank) {
    predictions++;
    if (rank < hitsByRank.length) {
      hitsByRank[rank]++;
    }
  }

  void add(RankCounts other) {
    predictions += other.predictions;
    for (int rank = 0; rank < hitsByRank.length; rank++) {
      hitsByRank[rank] += other.hitsByRank[rank];
    }
  }

  long predictions() {
    return predictions;
  }

  double recallAt(int k) {
    return mean(k, rank -> 1);
  }

  Map<Integer, Double> recall() {
    return byCutoff(this::recallAt);
  }

  Map<Integer, Double> mrr() {
    return byCutoff(k -> mean(k, RankCounts::reciprocal));
  }

  Map<Integer, Double> ndcg() {
    return byCutoff(k -> mean(k, RankCounts::discounted));
  }

  /// Returns what a hit at a rank adds to MRR.
  static double reciprocal(int rank) {
    return 1.0 / rank;
  }

  /// Returns what a hit at a rank adds to NDCG.
  static double discounted(int rank) {
    return Math.log(2) / Math.log(1.0 + rank);
  }

  private double mean(int k, IntToDoubleFunction gain) {
    double sum = 0;
    for (int rank = 1; rank <= k; rank++) {
      sum += hitsByRank[rank] * gain.applyAsDouble(rank);
    }
    return sum / predictions;
  }

  /// Returns a metric at each cut-off, or nothing where there are no targets.
  Map<Integer, Double> byCutoff(IntToDoubleFunction metric) {
    Map<Integer, Double> result = new LinkedHashMap<>();
    if (predictions > 0) {
      for (int k : cutoffs) {
        result.put(k, metric.applyAsDouble(k));
      }
    }
    return result;
  }
}
