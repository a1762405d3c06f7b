package dev.segue.server.web;

import dev.segue.data.Item;
import dev.segue.engine.Recommendation;
import dev.segue.engine.ScoredItem;
import java.util.List;

/// The reply of `POST /v1/recommend`.
///
/// @param model name of the model that answered
/// @param tookMicros time spent on the answer, without reading and writing JSON
/// @param items best first
/// @param backfilled how many of the last items are popular ones that fill up the list
/// @param unknownItems ids and titles of the session that no item has
record RecommendReply(
    String model,
    long tookMicros,
    List<RecommendedItem> items,
    int backfilled,
    List<String> unknownItems) {

  /// A recommended item.
  ///
  /// @param id what requests name it by
  /// @param title what people see
  /// @param domain its kind, for instance `Movie`
  /// @param creator director or cast, artists, author; empty where it is not known
  /// @param genre its genres, joined with a comma
  /// @param score higher is better; compares within one answer only
  record RecommendedItem(
      String id, String title, String domain, String creator, String genre, double score) {
    private static RecommendedItem of(ScoredItem scored) {
      Item item = scored.item();
      return new RecommendedItem(
          item.id(), item.title(), item.domain(), item.creator(), item.genre(), scored.score());
    }
  }

  /// Returns an answer as clients see it.
  static RecommendReply of(Recommendation answer, long tookMicros) {
    return new RecommendReply(
        answer.model(),
        tookMicros,
        answer.items().stream().map(RecommendedItem::of).toList(),
        answer.backfilled(),
        answer.unknownItems());
  }
}
