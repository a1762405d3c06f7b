package dev.segue.server.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns every error into a problem, without a word about the server's inside.
final class ErrorReplies {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);

  private final Json json;

  /// Makes the replies.
  ErrorReplies(Json json) {
    this.json = json;
  }

  /// Adds a reply for every kind of error.
  void register(RoutesConfig routes) {
    routes.exception(ProblemException.class, this::problem);
    routes.exception(HttpResponseException.class, this::routing);
    routes.exception(Exception.class, this::defect);
  }

  private void problem(ProblemException error, Context context) {
    json.reply(context, error.problem());
  }

  private void routing(HttpResponseException error, Context context) {
    ProblemKind kind = ProblemKind.ofStatus(error.getStatus());
    String request = context.req().getMethod() + " " + context.path();
    String allowed = String.join(", ", error.getDetails().values());
    String detail =
        switch (kind) {
          case UNKNOWN_ROUTE -> request + ": no such path; server/README.md lists them";
          case WRONG_METHOD -> request + ": expected " + allowed.toUpperCase(Locale.ROOT);
          default -> request + ": " + error.getMessage();
        };
    if (kind == ProblemKind.WRONG_METHOD) {
      context.header("Allow", allowed);
    }
    json.reply(context, Problem.of(kind, detail));
  }

  private void defect(Exception error, Context context) {
    String id = UUID.randomUUID().toString();
    LOG.error("request {} failed: {} {}", id, context.req().getMethod(), context.path(), error);
    json.reply(
        context,
        Problem.of(ProblemKind.INTERNAL, "the server's log has the reason under the number " + id));
  }
}
