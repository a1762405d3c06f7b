package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.kernels.TopK;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A list of recommended items while it grows to k, best first, without repetition.
final class Ranking {
  /// The constant of Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet
  /// and individual rank learning methods", SIGIR 2009.
  private static final int FUSION_OFFSET = 60;

  private final Catalogue catalogue;
  private final int limit;
  private final List<ScoredItem> items = new ArrayList<>();
  private final Set<Integer> taken = new HashSet<>();

  /// Makes an empty list.
  ///
  /// @param limit k
  Ranking(Catalogue catalogue, int limit) {
    this.catalogue = catalogue;
    this.limit = limit;
  }

  int missing() {
    return limit - items.size();
  }

  boolean contains(int item) {
    return taken.contains(item);
  }

  List<ScoredItem> items() {
    return items;
  }

  /// Appends an item if there is room and it is not in the list.
  void append(int item, double score) {
    if (missing() > 0 && taken.add(item)) {
      items.add(new ScoredItem(catalogue.item(item), score));
    }
  }

  /// Appends an answer of a model; its scores are kept.
  void append(TopK top) {
    for (int i = 0; i < top.items()[0].length; i++) {
      append(top.items()[0][i], top.scores()[0][i]);
    }
  }

  /// Appends items whose own scores do not compare with those of the list: each gets the score
  /// before it less one. An empty list starts at 0.
  void appendBelow(Iterable<Integer> more) {
    for (int item : more) {
      append(item, items.isEmpty() ? 0 : items.getLast().score() - 1);
    }
  }

  /// Appends two answers fused by rank: `share / (60 + rank) + (1 − share) / (60 + rank of other)`,
  /// with no term where an item is not in a list; equal scores in order of item.
  void appendFused(TopK top, double share, TopK other) {
    Map<Integer, Double> scores = new HashMap<>();
    addRanks(scores, top, share);
    addRanks(scores, other, 1 - share);
    scores.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> append(entry.getKey(), entry.getValue()));
  }

  private static void addRanks(Map<Integer, Double> scores, TopK top, double share) {
    for (int i = 0; i < top.items()[0].length; i++) {
      scores.merge(top.items()[0][i], share / (FUSION_OFFSET + i + 1), Double::sum);
    }
  }
}
