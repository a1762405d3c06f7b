package dev.segue.engine;

import java.util.Set;

/// What to recommend, apart from the session.
///
/// @param k how many items, at least 1
/// @param domains only these domains; empty for all
/// @param excluded ids that must not appear
/// @param excludeSeen whether items of the session are left out
public record RecommendationQuery(
    int k, Set<String> domains, Set<String> excluded, boolean excludeSeen) {
  /// Copies the sets and checks k.
  public RecommendationQuery {
    if (k < 1) {
      throw new IllegalArgumentException("recommend: k, expected at least 1, got " + k);
    }
    domains = Set.copyOf(domains);
    excluded = Set.copyOf(excluded);
  }

  /// Makes a query for the k best items of all domains, without those of the session.
  public static RecommendationQuery top(int k) {
    return new RecommendationQuery(k, Set.of(), Set.of(), true);
  }
}
