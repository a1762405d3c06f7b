package dev.segue.server.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.Recommendation;
import dev.segue.engine.ScoredItem;

/// A recommendation as JSON.
final class RecommendationJson {
  private RecommendationJson() {}

  /// Returns `{"items": [{"id", "score"}…]}`, and `"unknown"` where items of the session are in no
  /// catalogue.
  ///
  /// @param detailed whether to add the model and each item's title, domain and creator
  static ObjectNode node(Recommendation answer, boolean detailed) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (detailed) {
      node.put("model", answer.model());
    }
    ArrayNode items = node.putArray("items");
    for (ScoredItem scored : answer.items()) {
      ObjectNode item = items.addObject().put("id", scored.item().id());
      if (detailed) {
        item.put("title", scored.item().title())
            .put("domain", scored.item().domain())
            .put("creator", scored.item().creator());
      }
      item.put("score", scored.score());
    }
    if (!answer.unknownItems().isEmpty()) {
      ArrayNode unknown = node.putArray("unknown");
      answer.unknownItems().forEach(unknown::add);
    }
    return node;
  }
}
