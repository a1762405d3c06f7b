package dev.segue.server.web;

import dev.segue.data.Catalogue;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /v1/items` and `GET /v1/items/{id}`.
final class ItemsHandler {
  private final Catalogue catalogue;
  private final SessionReader reader;
  private final Json json;

  /// Makes the handler.
  ItemsHandler(Catalogue catalogue, Json json) {
    this.catalogue = catalogue;
    this.reader = new SessionReader(catalogue);
    this.json = json;
  }

  /// Lists the items whose title fits a query, best first; without one the most popular.
  void search(Context context) {
    QueryParameters parameters = QueryParameters.of(context, "domain", "query", "limit");
    @Nullable String domain = parameters.text("domain", Limits.QUERY_CHARS);
    if (domain != null) {
      reader.checkDomain("domain", domain);
    }
    @Nullable String query = parameters.text("query", Limits.QUERY_CHARS);
    int limit = parameters.number("limit", 1, Limits.MAX_PAGE, Limits.DEFAULT_PAGE);
    List<ItemReply> items =
        catalogue.search(domain, query == null ? "" : query, limit).stream()
            .map(ItemReply::of)
            .toList();
    json.reply(context, new ItemsReply(items));
  }

  /// Gives everything known about one item, named by its id.
  void item(Context context) {
    QueryParameters.of(context);
    String id = context.pathParam("id");
    int index = catalogue.indexOf(id);
    if (index < 0) {
      throw new ProblemException(
          Problem.of(
              ProblemKind.UNKNOWN_ITEM,
              "id",
              "expected the id of an item, got \"%s\"; GET /v1/items?query= finds it by title"
                  .formatted(id)));
    }
    json.reply(context, ItemDetailReply.of(catalogue, index));
  }
}
