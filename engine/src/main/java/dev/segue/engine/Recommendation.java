package dev.segue.engine;

import java.util.List;

/// An answer.
///
/// @param model name of the model that answered: `gru`, `content`, `popularity`
/// @param items best first
/// @param backfilled how many of the last items are popular ones that fill up the list
/// @param unknownItems ids of the session that are in no catalogue
public record Recommendation(
    String model, List<ScoredItem> items, int backfilled, List<String> unknownItems) {
  /// Copies the lists.
  public Recommendation {
    items = List.copyOf(items);
    unknownItems = List.copyOf(unknownItems);
  }
}
