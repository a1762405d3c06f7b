package dev.segue.engine.content;

import dev.segue.data.Catalogue;
import dev.segue.engine.network.SparseRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The features that a network learns vectors of, and the content vectors of items over them. The
/// numbers of features and their rarity are fixed when it is made, so that items which come later
/// have the vectors that they would have had. Immutable.
///
/// A feature is one that [ContentFeatures] keeps and at least two trained items have: from one item
/// alone nothing is learned about another. The most frequent ones are taken where there are more
/// than [#MOST]. With df_f of the N items of the catalogue having f:
///
/// ```
/// v_if = (1 + ln count_if) · ln((1 + N) / (1 + df_f))
/// u_if = w_q · v_if / ‖v_i restricted to kind q‖,   x_i = u_i / max(1, ‖u_i‖)
/// ```
///
/// @param buckets of the features in ascending order, of [FeatureCounts]
/// @param kinds codes of their kinds
/// @param itemsWith df_f
/// @param catalogueSize N
public record ContentEncoder(int[] buckets, int[] kinds, int[] itemsWith, int catalogueSize) {
  /// The most features: at a width of 128, 16 MiB of weights.
  static final int MOST = 32_768;

  private static final int LEAST_TRAINED = 2;

  /// Checks what was read from a file.
  ///
  /// @throws IllegalArgumentException when the parts do not fit each other
  public ContentEncoder {
    boolean fits = kinds.length == buckets.length && itemsWith.length == buckets.length;
    for (int i = 0; fits && i < buckets.length; i++) {
      fits =
          buckets[i] >= 0
              && buckets[i] < FeatureCounts.BUCKETS
              && (i == 0 || buckets[i - 1] < buckets[i])
              && kinds[i] >= 0
              && kinds[i] < FeatureKind.count()
              && itemsWith[i] >= 0
              && itemsWith[i] <= catalogueSize;
    }
    if (!fits) {
      throw new IllegalArgumentException("content features do not fit each other");
    }
  }

  /// Chooses the features.
  ///
  /// @param items the trained items, then others
  /// @param trained number of trained items
  public static ContentEncoder of(Catalogue items, int trained) {
    FeatureCounts counts = new FeatureCounts(items);
    int[] trainedWith = new int[FeatureCounts.BUCKETS];
    for (int i = 0; i < counts.offsets[trained]; i++) {
      trainedWith[counts.buckets[i]]++;
    }
    int[] chosen =
        IntStream.range(0, FeatureCounts.BUCKETS)
            .filter(bucket -> trainedWith[bucket] >= LEAST_TRAINED)
            .filter(counts::tellsApart)
            .boxed()
            .sorted(Comparator.comparingInt(bucket -> -trainedWith[bucket]))
            .limit(MOST)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    return new ContentEncoder(
        chosen,
        Arrays.stream(chosen).map(bucket -> counts.kinds[bucket]).toArray(),
        Arrays.stream(chosen).map(bucket -> counts.itemsWith[bucket]).toArray(),
        items.size());
  }

  /// Returns F, the number of features.
  public int features() {
    return buckets.length;
  }

  /// Returns the content vectors of items, a row for each.
  public SparseRows encode(Catalogue items) {
    FeatureCounts counts = new FeatureCounts(items);
    FeatureKind[] kindOf =
        Arrays.stream(kinds).mapToObj(FeatureKind::ofCode).toArray(FeatureKind[]::new);
    int[] offsets = new int[items.size() + 1];
    int[] features = new int[counts.offsets[items.size()]];
    float[] weights = new float[features.length];
    for (int item = 0; item < items.size(); item++) {
      int size = offsets[item];
      for (int i = counts.offsets[item]; i < counts.offsets[item + 1]; i++) {
        int feature = Arrays.binarySearch(buckets, counts.buckets[i]);
        if (feature >= 0) {
          double rarity = Math.log((1.0 + catalogueSize) / (1.0 + itemsWith[feature]));
          features[size] = feature;
          weights[size++] = (float) ((1 + Math.log(counts.counts[i])) * rarity);
        }
      }
      ContentFeatures.normalise(features, weights, offsets[item], size, kindOf);
      offsets[item + 1] = size;
    }
    int kept = offsets[items.size()];
    return new SparseRows(
        offsets, Arrays.copyOf(features, kept), Arrays.copyOf(weights, kept), features());
  }
}
