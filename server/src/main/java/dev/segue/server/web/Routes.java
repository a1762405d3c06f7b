package dev.segue.server.web;

import dev.segue.engine.Recommender;
import io.javalin.config.RoutesConfig;

/// Every route of the server, and the handler it goes to.
final class Routes {
  private final RecommendHandler recommendations;
  private final ItemsHandler items;
  private final InfoHandler info;
  private final HealthHandler health;
  private final DashboardHandler dashboard;
  private final ErrorReplies errors;

  /// Makes the handlers over one recommender.
  Routes(Recommender recommender, Json json, HealthHandler health) {
    this.recommendations = new RecommendHandler(recommender, json);
    this.items = new ItemsHandler(recommender.items(), json);
    this.info = new InfoHandler(recommender, json);
    this.health = health;
    this.dashboard = new DashboardHandler();
    this.errors = new ErrorReplies(json);
  }

  /// Adds the routes.
  void register(RoutesConfig routes) {
    routes.before(SecurityHeaders::set);

    routes.post("/v1/recommend", recommendations::recommend);
    routes.get("/v1/items", items::search);
    routes.get("/v1/items/{id}", items::item);
    routes.get("/v1/info", info::info);

    routes.get("/health/live", health::live);
    routes.get("/health/ready", health::ready);

    routes.get("/", dashboard::page);
    routes.get("/dashboard/{file}", dashboard::file);

    errors.register(routes);
  }
}
