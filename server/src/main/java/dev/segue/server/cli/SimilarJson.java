package dev.segue.server.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.data.Item;
import dev.segue.engine.SharedFeature;
import dev.segue.engine.SimilarItem;
import dev.segue.engine.SimilarItems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Similar items as JSON.
final class SimilarJson {
  private SimilarJson() {}

  /// Returns `{"item": {…}, "within": [{…, "similarity", "shared": [{"kind", "text", "share"}…]}…],
  /// "across": […]}`, with `"model": {"within", "across"}` where a model has a say.
  static ObjectNode node(SimilarItems similar, @Nullable SimilarItems learned) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    describe(similar.item(), node.putObject("item"));
    addAll(similar.within(), node.putArray("within"));
    addAll(similar.across(), node.putArray("across"));
    if (learned != null) {
      ObjectNode model = node.putObject("model");
      addAll(learned.within(), model.putArray("within"));
      addAll(learned.across(), model.putArray("across"));
    }
    return node;
  }

  private static void addAll(List<SimilarItem> items, ArrayNode list) {
    for (SimilarItem similar : items) {
      ObjectNode node = list.addObject();
      describe(similar.item(), node);
      node.put("similarity", similar.similarity());
      ArrayNode shared = node.putArray("shared");
      for (SharedFeature feature : similar.shared()) {
        shared
            .addObject()
            .put("kind", feature.kind())
            .put("text", feature.text())
            .put("share", feature.share());
      }
    }
  }

  private static void describe(Item item, ObjectNode node) {
    node.put("id", item.id())
        .put("title", item.title())
        .put("domain", item.domain())
        .put("creator", item.creator());
  }
}
