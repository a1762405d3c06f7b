package dev.segue.engine.content;

import dev.segue.data.Catalogue;
import java.util.Arrays;

/// One sparse vector per item, in compressed rows, of length 1 or less. Immutable.
///
/// For item i and feature f of kind q, with N items of which df have f:
///
/// ```
/// v_if = (1 + ln count_if) · ln((1 + N) / (1 + df_f))
/// x_if = w_q · v_if / ‖v_i restricted to kind q‖,   then x_i / ‖x_i‖
/// ```
///
/// Each kind is normalised by itself, so that a long description does not drown the genre. A
/// feature is kept if at least two items have it (one that only one item has brings no items
/// together) and, for words and their beginnings, unless it is a stop word, in whatever language:
/// more than a tenth of the items with words have it, or more than a twentieth of those with 20
/// words or more, and in either case more than 20. The second rule finds the `after` and `which` of
/// descriptions beside many items that have nothing but names. Source of the weighting: Salton and
/// Buckley 1988.
public final class ContentFeatures {
  private static final int DROPPED = -1;

  private final int[] offsets;
  private final int[] features;
  private final float[] weights;
  private final String[] names;
  private final FeatureKind[] kinds;

  private ContentFeatures(
      int[] offsets, int[] features, float[] weights, String[] names, FeatureKind[] kinds) {
    this.offsets = offsets;
    this.features = features;
    this.weights = weights;
    this.names = names;
    this.kinds = kinds;
  }

  /// Makes the features of all items of a catalogue.
  public static ContentFeatures of(Catalogue catalogue) {
    FeatureCounts counts = new FeatureCounts(catalogue);
    int[] numbers = numberKept(counts);
    int size = Arrays.stream(numbers).max().orElse(DROPPED) + 1;
    String[] names = new String[size];
    FeatureKind[] kinds = new FeatureKind[size];
    for (int bucket = 0; bucket < numbers.length; bucket++) {
      String name = counts.names[bucket];
      if (numbers[bucket] != DROPPED && name != null) {
        names[numbers[bucket]] = name;
        kinds[numbers[bucket]] = FeatureKind.ofCode(counts.kinds[bucket]);
      }
    }
    return weigh(counts, numbers, names, kinds);
  }

  private static int[] numberKept(FeatureCounts counts) {
    int[] numbers = new int[FeatureCounts.BUCKETS];
    int next = 0;
    for (int bucket = 0; bucket < numbers.length; bucket++) {
      numbers[bucket] = counts.tellsApart(bucket) ? next++ : DROPPED;
    }
    return numbers;
  }

  private static ContentFeatures weigh(
      FeatureCounts counts, int[] numbers, String[] names, FeatureKind[] kinds) {
    int items = counts.offsets.length - 1;
    int[] offsets = new int[items + 1];
    int[] features = new int[counts.offsets[items]];
    float[] weights = new float[features.length];
    for (int item = 0; item < items; item++) {
      int size = offsets[item];
      for (int i = counts.offsets[item]; i < counts.offsets[item + 1]; i++) {
        int feature = numbers[counts.buckets[i]];
        if (feature != DROPPED) {
          double rarity = Math.log((1.0 + items) / (1.0 + counts.itemsWith[counts.buckets[i]]));
          features[size] = feature;
          weights[size++] = (float) ((1 + Math.log(counts.counts[i])) * rarity);
        }
      }
      normalise(features, weights, offsets[item], size, kinds);
      offsets[item + 1] = size;
    }
    int kept = offsets[items];
    return new ContentFeatures(
        offsets, Arrays.copyOf(features, kept), Arrays.copyOf(weights, kept), names, kinds);
  }

  /// Scales the vector of one item, see the class.
  static void normalise(int[] features, float[] weights, int from, int to, FeatureKind[] kinds) {
    double[] squares = new double[FeatureKind.count()];
    for (int i = from; i < to; i++) {
      squares[kinds[features[i]].code()] += (double) weights[i] * weights[i];
    }
    double whole = 0;
    for (FeatureKind kind : FeatureKind.values()) {
      whole += squares[kind.code()] > 0 ? kind.weight() * kind.weight() : 0;
    }
    whole = Math.max(1, whole);
    for (int i = from; i < to; i++) {
      FeatureKind kind = kinds[features[i]];
      weights[i] *= (float) (kind.weight() / Math.sqrt(squares[kind.code()] * whole));
    }
  }

  /// Returns the number of items.
  public int items() {
    return offsets.length - 1;
  }

  /// Returns the number of features.
  public int features() {
    return names.length;
  }

  /// Returns the number of weights of all items together.
  public int entries() {
    return features.length;
  }

  /// Returns where the entries of an item start; those of item i end where item i + 1 starts.
  public int start(int item) {
    return offsets[item];
  }

  /// Returns the feature of an entry; they ascend within an item.
  public int feature(int entry) {
    return features[entry];
  }

  /// Returns the weight of an entry, more than 0.
  public float weight(int entry) {
    return weights[entry];
  }

  /// Returns the folded text of a feature.
  public String name(int feature) {
    return names[feature];
  }

  /// Returns the scalar product of the vectors of two items, as [ContentIndex#similarities] has it:
  /// 0 where they share nothing but their domain, and never above 1.
  public double product(int item, int other) {
    float sum = 0;
    float domain = 0;
    int i = start(item);
    int j = start(other);
    while (i < start(item + 1) && j < start(other + 1)) {
      int step = Integer.compare(feature(i), feature(j));
      if (step == 0 && kind(feature(i)) == FeatureKind.DOMAIN) {
        domain = weight(i) * weight(j);
      } else if (step == 0) {
        sum += weight(i) * weight(j);
      }
      i += step <= 0 ? 1 : 0;
      j += step >= 0 ? 1 : 0;
    }
    return sum == 0 ? 0 : Math.min(1, sum + domain);
  }

  /// Returns the kind of a feature.
  public FeatureKind kind(int feature) {
    return kinds[feature];
  }
}
