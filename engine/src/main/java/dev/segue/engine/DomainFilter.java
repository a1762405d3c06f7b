package dev.segue.engine;

import dev.segue.data.Catalogue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// For each domain of a catalogue the items in it, as one bit per item.
final class DomainFilter {
  private final int size;
  private final Map<String, long[]> bitsByDomain = new LinkedHashMap<>();

  DomainFilter(Catalogue items) {
    size = items.size();
    for (int i = 0; i < size; i++) {
      long[] bits =
          bitsByDomain.computeIfAbsent(items.item(i).domain(), _ -> new long[words(size)]);
      bits[i >> 6] |= 1L << i;
    }
  }

  /// Returns a bit per item, set for those of some domains, or null for all items when no domain is
  /// given.
  ///
  /// @throws IllegalArgumentException for an unknown domain, with the known ones
  long @Nullable [] allowed(Set<String> domains) {
    if (domains.isEmpty()) {
      return null;
    }
    long[] allowed = new long[words(size)];
    for (String domain : domains) {
      long[] bits = bitsByDomain.get(domain);
      if (bits == null) {
        throw new IllegalArgumentException(
            "recommend: unknown domain, expected one of %s, got \"%s\""
                .formatted(String.join(", ", bitsByDomain.keySet()), domain));
      }
      for (int i = 0; i < bits.length; i++) {
        allowed[i] |= bits[i];
      }
    }
    return allowed;
  }

  /// Returns the bits of the first `count` items alone.
  static long @Nullable [] first(int count, long @Nullable [] allowed) {
    if (allowed == null) {
      return null;
    }
    long[] first = Arrays.copyOf(allowed, words(count));
    if ((count & 63) != 0) {
      first[first.length - 1] &= (1L << count) - 1;
    }
    return first;
  }

  private static int words(int bits) {
    return (bits + 63) >>> 6;
  }
}
