package dev.segue.engine;

import dev.segue.data.Catalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// All items of a catalogue by popularity, the domains in turn: the most popular item of each
/// domain, then the second of each, and so on. Scales of popularity differ between domains, so
/// items are compared within theirs only: by percentile, then by training events, then in order of
/// item.
final class PopularOrder {
  private final int[] order;

  /// Makes the order.
  ///
  /// @param items the catalogue
  /// @param support training events of the first items, or null without training
  PopularOrder(Catalogue items, int @Nullable [] support) {
    List<List<Integer>> byDomain = new ArrayList<>();
    List<String> domains = items.domains();
    domains.forEach(_ -> byDomain.add(new ArrayList<>()));
    for (int i = 0; i < items.size(); i++) {
      byDomain.get(domains.indexOf(items.item(i).domain())).add(i);
    }
    Comparator<Integer> popularFirst =
        Comparator.comparingInt(
                (Integer i) -> support != null && i < support.length ? -support[i] : 0)
            .thenComparingDouble(i -> -items.popularityPercentile(i))
            .thenComparingInt(i -> i);
    byDomain.forEach(ofDomain -> ofDomain.sort(popularFirst));
    order = new int[items.size()];
    int size = 0;
    for (int round = 0; size < order.length; round++) {
      for (List<Integer> ofDomain : byDomain) {
        if (round < ofDomain.size()) {
          order[size++] = ofDomain.get(round);
        }
      }
    }
  }

  /// Returns the first `count` items that fit, or fewer when fewer do.
  List<Integer> first(int count, IntPredicate fits) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < order.length && found.size() < count; i++) {
      if (fits.test(order[i])) {
        found.add(order[i]);
      }
    }
    return found;
  }
}
