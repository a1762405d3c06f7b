package dev.segue.engine.content;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// The items of each feature, so that a question costs as much as the items that share a feature
/// with it. Immutable.
public final class ContentIndex {
  private final ContentFeatures features;
  private final int[] offsets;
  private final int[] items;
  private final float[] weights;

  /// Makes the index of all features.
  public ContentIndex(ContentFeatures features) {
    this.features = features;
    offsets = new int[features.features() + 1];
    for (int entry = 0; entry < features.entries(); entry++) {
      offsets[features.feature(entry) + 1]++;
    }
    Arrays.parallelPrefix(offsets, Integer::sum);
    items = new int[features.entries()];
    weights = new float[features.entries()];
    int[] next = Arrays.copyOf(offsets, features.features());
    for (int item = 0; item < features.items(); item++) {
      for (int entry = features.start(item); entry < features.start(item + 1); entry++) {
        int place = next[features.feature(entry)]++;
        items[place] = item;
        weights[place] = features.weight(entry);
      }
    }
  }

  /// Returns the features that the index was made of.
  public ContentFeatures features() {
    return features;
  }

  /// Returns the weighted sum of some items' vectors, scaled to unit length; empty when these items
  /// have no features.
  ///
  /// @param weightByItem weight of each item, more than 0
  public SparseVector profile(Map<Integer, Double> weightByItem) {
    TreeMap<Integer, Double> sum = new TreeMap<>();
    // A fixed order of items keeps the sums the same, bit for bit.
    new TreeMap<>(weightByItem)
        .forEach((item, weight) -> {
          for (int entry = features.start(item); entry < features.start(item + 1); entry++) {
            sum.merge(features.feature(entry), weight * features.weight(entry), Double::sum);
          }
        });
    double square = 0;
    for (double weight : sum.values()) {
      square += weight * weight;
    }
    double length = Math.sqrt(square);
    int[] ids = new int[sum.size()];
    float[] values = new float[ids.length];
    int i = 0;
    for (Map.Entry<Integer, Double> entry : sum.entrySet()) {
      ids[i] = entry.getKey();
      values[i++] = (float) (entry.getValue() / length);
    }
    return new SparseVector(ids, values);
  }

  /// Writes the similarity of an item to each item into `out`: the scalar product of both vectors,
  /// 0 to 1, and the same, bit for bit, in both directions. It is 0 where the two share nothing but
  /// their domain.
  ///
  /// @param out receives one number for each item
  public void similarities(int item, float[] out) {
    Arrays.fill(out, 0, features.items(), 0);
    int domain = -1;
    for (int entry = features.start(item); entry < features.start(item + 1); entry++) {
      if (features.kind(features.feature(entry)) == FeatureKind.DOMAIN) {
        domain = entry;
      } else {
        addProducts(entry, out, false);
      }
    }
    // The domain joins last, so that its part alone brings no items together.
    if (domain >= 0) {
      addProducts(domain, out, true);
    }
  }

  private void addProducts(int entry, float[] out, boolean onlyToSimilar) {
    int feature = features.feature(entry);
    float weight = features.weight(entry);
    for (int place = offsets[feature]; place < offsets[feature + 1]; place++) {
      int other = items[place];
      if (!onlyToSimilar || out[other] > 0) {
        // Rounding may pass 1 by a hair.
        out[other] = Math.min(1, out[other] + weight * weights[place]);
      }
    }
  }

  /// Writes the cosine between a profile and each of the first items into `out`, 0 to 1.
  ///
  /// @param profile of unit length, or empty
  /// @param out receives one number for each item from item 0 on
  /// @param count how many items, at most all
  public void cosines(SparseVector profile, float[] out, int count) {
    Arrays.fill(out, 0, count, 0);
    for (int i = 0; i < profile.size(); i++) {
      float weight = profile.weights()[i];
      int end = offsets[profile.features()[i] + 1];
      for (int place = offsets[profile.features()[i]]; place < end; place++) {
        int item = items[place];
        // The items of a feature ascend.
        if (item >= count) {
          break;
        }
        out[item] += weight * weights[place];
      }
    }
  }
}
