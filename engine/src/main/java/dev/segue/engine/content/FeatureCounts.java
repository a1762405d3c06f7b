package dev.segue.engine.content;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How often each item has each feature, with features hashed into a bounded number of buckets.
/// Features that share a bucket are taken for one and bear the name of the first.
final class FeatureCounts {
  /// About four times the distinct features of the three public catalogues that occur twice.
  static final int BUCKETS = 1 << 20;

  /// From so many words on an item is described: it has sentences, and not only names.
  private static final int WORDS_OF_A_DESCRIPTION = 20;

  private static final int LEAST_ITEMS = 2;
  private static final int FEW_ITEMS = 20;
  private static final double GREATEST_SHARE_OF_A_WORD = 0.1;
  private static final double GREATEST_SHARE_DESCRIBED = 0.05;

  /// Where the buckets of each item start.
  final int[] offsets;

  final @Nullable String[] names = new @Nullable String[BUCKETS];
  final byte[] kinds = new byte[BUCKETS];

  /// In how many items each bucket occurs.
  final int[] itemsWith = new int[BUCKETS];

  /// In how many described items each bucket occurs.
  final int[] describedWith = new int[BUCKETS];

  /// How many items have at least one word.
  int itemsWithWords;

  /// How many items have a description of some length.
  int described;

  /// Distinct buckets of all items, ascending within an item, and how often each occurs there.
  int[] buckets = new int[1024];

  int[] counts = new int[1024];

  FeatureCounts(Catalogue catalogue) {
    offsets = new int[catalogue.size() + 1];
    Occurrences occurrences = new Occurrences();
    for (int i = 0; i < catalogue.size(); i++) {
      offsets[i + 1] = add(offsets[i], occurrences.of(catalogue.item(i)));
      itemsWithWords += occurrences.words > 0 ? 1 : 0;
      if (occurrences.words >= WORDS_OF_A_DESCRIPTION) {
        described++;
        for (int place = offsets[i]; place < offsets[i + 1]; place++) {
          describedWith[buckets[place]]++;
        }
      }
    }
  }

  /// Returns whether a feature tells items apart: two items or more have it, not all do, and it is
  /// no stop word.
  boolean tellsApart(int bucket) {
    int with = itemsWith[bucket];
    FeatureKind kind = FeatureKind.ofCode(kinds[bucket]);
    boolean isOfText = kind == FeatureKind.WORD || kind == FeatureKind.SUB_WORD;
    boolean isStopWord =
        isOfText
            && (with > Math.max(FEW_ITEMS, GREATEST_SHARE_OF_A_WORD * itemsWithWords)
                || describedWith[bucket]
                    > Math.max(FEW_ITEMS, GREATEST_SHARE_DESCRIBED * described));
    // A feature of all items weighs nothing: ln 1.
    return with >= LEAST_ITEMS && with < offsets.length - 1 && !isStopWord;
  }

  private int add(int from, int[] sortedBuckets) {
    int size = from;
    for (int i = 0; i < sortedBuckets.length; i++) {
      if (i > 0 && sortedBuckets[i] == sortedBuckets[i - 1]) {
        counts[size - 1]++;
        continue;
      }
      if (size == buckets.length) {
        buckets = Arrays.copyOf(buckets, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      itemsWith[sortedBuckets[i]]++;
      buckets[size] = sortedBuckets[i];
      counts[size++] = 1;
    }
    return size;
  }

  /// Spreads the bits of a string's hash, which the Java language defines for all machines.
  private static int bucket(FeatureKind kind, String text) {
    int h = text.hashCode() * 31 + kind.code();
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return (h ^ (h >>> 16)) & (BUCKETS - 1);
  }

  /// The buckets of one item at a time.
  private final class Occurrences {
    private int[] found = new int[64];
    private int size;
    private int words;

    int[] of(Item item) {
      size = 0;
      words = 0;
      ItemFeatures.visit(item, this::add);
      Arrays.sort(found, 0, size);
      return Arrays.copyOf(found, size);
    }

    private void add(FeatureKind kind, String text) {
      int bucket = bucket(kind, text);
      if (names[bucket] == null) {
        names[bucket] = text;
        kinds[bucket] = (byte) kind.code();
      }
      words += kind == FeatureKind.WORD ? 1 : 0;
      if (size == found.length) {
        found = Arrays.copyOf(found, 2 * size);
      }
      found[size++] = bucket;
    }
  }
}
