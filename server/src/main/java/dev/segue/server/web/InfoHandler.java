package dev.segue.server.web;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.engine.Recommender;
import dev.segue.server.web.InfoReply.DomainReply;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// `GET /v1/info`.
final class InfoHandler {
  private final InfoReply info;
  private final Json json;

  /// Makes the handler; what it tells does not change while a recommender serves.
  InfoHandler(Recommender recommender, Json json) {
    this.info = describe(recommender);
    this.json = json;
  }

  /// Tells model, version and domains.
  void info(Context context) {
    QueryParameters.of(context);
    json.reply(context, info);
  }

  private static InfoReply describe(Recommender recommender) {
    Catalogue catalogue = recommender.items();
    Map<String, Long> counts =
        catalogue.items().stream()
            .collect(Collectors.groupingBy(Item::domain, Collectors.counting()));
    List<DomainReply> domains =
        catalogue.domains().stream()
            .map(name -> new DomainReply(name, counts.getOrDefault(name, 0L).intValue()))
            .toList();
    String version =
        Objects.requireNonNullElse(
            InfoHandler.class.getPackage().getImplementationVersion(), "development");
    return new InfoReply(
        version, recommender.description(), catalogue.size(), domains, Limits.MAX_K);
  }
}
