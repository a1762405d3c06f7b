package dev.segue.server.web;

import dev.segue.data.Item;
import dev.segue.engine.RecommendationQuery;
import dev.segue.engine.Recommender;
import dev.segue.engine.SessionEvent;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;

/// The HTTP API and the dashboard over one recommender.
public final class RecommendationApi implements AutoCloseable {
  private final Javalin server;
  private final HealthHandler health;

  private RecommendationApi(Javalin server, HealthHandler health) {
    this.server = server;
    this.health = health;
  }

  /// Starts to listen, and returns once requests are answered quickly.
  ///
  /// @param recommender answers requests; stays the caller's to close
  /// @param host name or address to bind to, `localhost` unless the user asks otherwise
  /// @param port port to bind to, 0 for any free one
  /// @throws IOException when the port cannot be had; the message is one line with the cure
  public static RecommendationApi start(Recommender recommender, String host, int port)
      throws IOException {
    if (port < 0 || port > 65_535) {
      throw new IOException("serve: port, expected 0 to 65535, got " + port);
    }
    Json json = new Json();
    HealthHandler health = new HealthHandler(json);
    Routes routes = new Routes(recommender, json, health);
    Javalin server =
        Javalin.create(config -> configure(config, routes, new Listener(host, port, json)));
    try {
      server.start();
    } catch (UncheckedIOException e) {
      throw new IOException(refusal(host, port, e), e);
    }
    RecommendationApi api = new RecommendationApi(server, health);
    api.warmUp(recommender);
    return api;
  }

  /// Returns the port it listens on.
  public int port() {
    return server.port();
  }

  /// Stops after the requests in progress, or after ten seconds.
  @Override
  public void close() {
    health.setReady(false);
    server.stop();
  }

  private static void configure(JavalinConfig config, Routes routes, Listener listener) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(listener::configure);
    config.jetty.modifyHttpConfiguration(listener::configure);
    config.jetty.addConnector(listener::open);
    routes.register(config.routes);
  }

  /// The first answer and the first search load classes and caches; no client should wait for that.
  private void warmUp(Recommender recommender) {
    try {
      RecommendationQuery query = RecommendationQuery.top(Limits.DEFAULT_K);
      recommender.recommend(List.of(), query);
      for (Item item : recommender.items().search(null, "", 1)) {
        recommender.recommend(List.of(SessionEvent.click(item.id())), query);
      }
      health.setReady(true);
    } catch (RuntimeException e) {
      server.stop();
      throw e;
    }
  }

  private static String refusal(String host, int port, Throwable error) {
    Throwable reason = error;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      reason = cause;
    }
    String message = String.valueOf(reason.getMessage());
    String where = "serve: cannot listen on %s:%d: ".formatted(host, port);
    if (!(reason instanceof BindException) || message.startsWith("Cannot assign")) {
      return where + "not a name or address of this machine; choose one with --host";
    }
    return where + message + "; choose another port with --port, 0 takes any free one";
  }
}
