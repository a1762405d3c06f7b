package dev.segue.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/recommend`.
///
/// @param items the session, oldest first; empty or missing for a visitor who has not clicked yet
/// @param k how many items to recommend, 5 when left out
/// @param domains only these domains; empty or missing for all
/// @param exclude ids or titles that must not be recommended
/// @param excludeSeen whether items of the session are left out, true when left out
record RecommendRequest(
    List<ClickedItem> items,
    Integer k,
    List<String> domains,
    List<String> exclude,
    Boolean excludeSeen) {

  /// Fills in what was left out and checks the values.
  RecommendRequest(
      @Nullable List<ClickedItem> items,
      @Nullable Integer k,
      @Nullable List<String> domains,
      @Nullable List<String> exclude,
      @Nullable Boolean excludeSeen) {
    this.items = items == null ? List.of() : items;
    this.k = k == null ? Limits.DEFAULT_K : k;
    this.domains = domains == null ? List.of() : domains;
    this.exclude = exclude == null ? List.of() : exclude;
    this.excludeSeen = excludeSeen == null || excludeSeen;
    FieldException.checkLength("items", this.items.size(), Limits.SESSION_ITEMS);
    FieldException.checkLength("exclude", this.exclude.size(), Limits.EXCLUDED_ITEMS);
    for (int i = 0; i < this.exclude.size(); i++) {
      FieldException.checkLength(
          "exclude[" + i + "]", this.exclude.get(i).length(), Limits.NAME_CHARS);
    }
    if (this.k < 1 || this.k > Limits.MAX_K) {
      throw new FieldException("k", "expected 1 to " + Limits.MAX_K + ", got " + this.k);
    }
  }
}
