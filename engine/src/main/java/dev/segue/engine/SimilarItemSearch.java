package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.engine.content.ContentFeatures;
import dev.segue.engine.content.ContentIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/// Finds the items whose vectors are nearest to an item's: by content, one pass over the items that
/// share a feature with it; by a model's rows, one pass over all rows.
final class SimilarItemSearch {
  private final Catalogue items;
  private final ContentIndex index;

  /// Makes the search.
  ///
  /// @param index made of the features of these items
  SimilarItemSearch(Catalogue items, ContentIndex index) {
    this.items = items;
    this.index = index;
  }

  /// Returns the k nearest items within the item's domain and the k nearest of other domains.
  ///
  /// @param item number of the item
  /// @param domains only items of these; empty for all
  SimilarItems nearest(int item, int k, Set<String> domains) {
    requireKnown(domains);
    float[] similarities = new float[items.size()];
    index.similarities(item, similarities);
    return nearest(item, k, domains, similarities, true);
  }

  /// Returns the same by the rows of a model, for items that it knows; nothing is shared by name.
  ///
  /// @param item number of an item that has a row
  SimilarItems nearest(int item, int k, Set<String> domains, ItemRows rows) {
    requireKnown(domains);
    float[] similarities = new float[items.size()];
    float[] own = rows.unit(item);
    for (int other = 0; other < rows.items(); other++) {
      similarities[other] = (float) ItemRows.cosine(own, rows.unit(other));
    }
    return nearest(item, k, domains, similarities, false);
  }

  private SimilarItems nearest(
      int item, int k, Set<String> domains, float[] similarities, boolean explains) {
    Comparator<Integer> nearestFirst =
        Comparator.comparingDouble((Integer other) -> -similarities[other])
            .thenComparingDouble(other -> -items.popularityPercentile(other))
            .thenComparingInt(other -> other);
    PriorityQueue<Integer> within = new PriorityQueue<>(nearestFirst.reversed());
    PriorityQueue<Integer> across = new PriorityQueue<>(nearestFirst.reversed());
    String own = items.item(item).domain();
    for (int other = 0; other < similarities.length; other++) {
      String domain = items.item(other).domain();
      if (other != item
          && similarities[other] > 0
          && (domains.isEmpty() || domains.contains(domain))) {
        keepBest(domain.equals(own) ? within : across, other, k);
      }
    }
    return new SimilarItems(
        items.item(item),
        describe(item, within, nearestFirst, similarities, explains),
        describe(item, across, nearestFirst, similarities, explains));
  }

  private void requireKnown(Set<String> domains) {
    for (String domain : domains) {
      if (!items.domains().contains(domain)) {
        throw new IllegalArgumentException(
            "similar: unknown domain, expected one of %s, got \"%s\""
                .formatted(String.join(", ", items.domains()), domain));
      }
    }
  }

  private static void keepBest(PriorityQueue<Integer> best, int item, int k) {
    best.add(item);
    if (best.size() > k) {
      best.remove();
    }
  }

  private List<SimilarItem> describe(
      int item,
      PriorityQueue<Integer> best,
      Comparator<Integer> order,
      float[] similarities,
      boolean explains) {
    return best.stream()
        .sorted(order)
        .map(other ->
            new SimilarItem(
                items.item(other), similarities[other], explains ? shared(item, other) : List.of()))
        .toList();
  }

  /// Merges the entries of two items, whose features ascend.
  private List<SharedFeature> shared(int a, int b) {
    ContentFeatures features = index.features();
    List<SharedFeature> shared = new ArrayList<>();
    int i = features.start(a);
    int j = features.start(b);
    while (i < features.start(a + 1) && j < features.start(b + 1)) {
      int step = Integer.compare(features.feature(i), features.feature(j));
      if (step == 0) {
        int feature = features.feature(i);
        double share = (double) features.weight(i) * features.weight(j);
        shared.add(
            new SharedFeature(features.kind(feature).label(), features.name(feature), share));
      }
      i += step <= 0 ? 1 : 0;
      j += step >= 0 ? 1 : 0;
    }
    shared.sort(SharedFeature.GREATEST_FIRST);
    return shared;
  }
}
