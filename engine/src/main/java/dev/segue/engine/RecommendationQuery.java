package dev.segue.engine;

import java.util.Set;

/// What to recommend, apart from the session.
///
/// @param k how many items, at least 1
/// @param domains only these domains; empty for all
/// @param excluded ids that must not appear
/// @param excludeSeen whether items of the session are left out
/// @param diversity 0 to 1: how much items that are alike are held apart, by maximal marginal
///   relevance over the 100 best; 0 changes nothing. Items keep their scores, which then need not
///   descend; popular items that fill up are left as they are
public record RecommendationQuery(
    int k, Set<String> domains, Set<String> excluded, boolean excludeSeen, double diversity) {
  /// Copies the sets and checks the numbers.
  public RecommendationQuery {
    if (k < 1) {
      throw new IllegalArgumentException("recommend: k, expected at least 1, got " + k);
    }
    if (!(diversity >= 0 && diversity <= 1)) {
      throw new IllegalArgumentException("recommend: diversity, expected 0 to 1, got " + diversity);
    }
    domains = Set.copyOf(domains);
    excluded = Set.copyOf(excluded);
  }

  /// Makes a query for the best items, however alike they are.
  public RecommendationQuery(
      int k, Set<String> domains, Set<String> excluded, boolean excludeSeen) {
    this(k, domains, excluded, excludeSeen, 0);
  }

  /// Returns this query with another diversity.
  public RecommendationQuery withDiversity(double newDiversity) {
    return new RecommendationQuery(k, domains, excluded, excludeSeen, newDiversity);
  }

  /// Makes a query for the k best items of all domains, without those of the session.
  public static RecommendationQuery top(int k) {
    return new RecommendationQuery(k, Set.of(), Set.of(), true);
  }
}
