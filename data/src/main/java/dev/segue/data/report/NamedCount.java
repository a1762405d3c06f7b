package dev.segue.data.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How often something occurs.
///
/// @param name what
/// @param count how often
public record NamedCount(String name, long count) {
  private static final Comparator<NamedCount> MOST_FIRST =
      Comparator.comparingLong(NamedCount::count).reversed().thenComparing(NamedCount::name);

  /// Returns the most frequent entries, most first; equal ones in order of name.
  static List<NamedCount> top(Map<String, Long> counts, int limit) {
    return counts.entrySet().stream()
        .map(entry -> new NamedCount(entry.getKey(), entry.getValue()))
        .sorted(MOST_FIRST)
        .limit(limit)
        .toList();
  }
}
