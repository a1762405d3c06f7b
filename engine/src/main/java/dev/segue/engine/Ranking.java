package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.kernels.TopK;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A list of recommended items while it grows to k, best first, without repetition.
final class Ranking {
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

  /// Appends two answers in turn, each as often as its share says: every place goes to the list
  /// that is furthest behind its share, the first one where they are even. The score of an item is
  /// one over its place, since the scores of two models do not compare.
  ///
  /// @param share the part of the places that is due to `top`, 0 to 1
  void appendInTurn(TopK top, double share, TopK other) {
    int[] first = top.items()[0];
    int[] second = other.items()[0];
    int fromFirst = 0;
    int fromSecond = 0;
    for (int i = 0, j = 0; missing() > 0 && (i < first.length || j < second.length); ) {
      int place = items.size() + 1;
      double behind = share * place - fromFirst;
      double otherBehind = (1 - share) * place - fromSecond;
      if (j == second.length || (i < first.length && behind >= otherBehind)) {
        append(first[i++], 1.0 / place);
        fromFirst += items.size() == place ? 1 : 0;
      } else {
        append(second[j++], 1.0 / place);
        fromSecond += items.size() == place ? 1 : 0;
      }
    }
  }
}
