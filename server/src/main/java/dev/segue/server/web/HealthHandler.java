package dev.segue.server.web;

import io.javalin.http.Context;
import java.util.Map;

/// `GET /health/live` and `GET /health/ready`.
final class HealthHandler {
  private final Json json;
  private volatile boolean isReady;

  /// Makes the handler; the server is not ready until told.
  HealthHandler(Json json) {
    this.json = json;
  }

  /// Says from now on whether requests are welcome.
  void setReady(boolean ready) {
    isReady = ready;
  }

  /// Replies as long as the process can answer at all.
  void live(Context context) {
    json.reply(context, Map.of("status", "live"));
  }

  /// Replies 200 after the warm-up and until the server stops, else 503.
  void ready(Context context) {
    if (!isReady) {
      throw new ProblemException(
          Problem.of(ProblemKind.NOT_READY, "ready: the server is starting or stopping"));
    }
    json.reply(context, Map.of("status", "ready"));
  }
}
