package dev.segue.server.web;

import java.util.Locale;

/// The kinds of problem a client can meet; a kind fixes type, title and status.
enum ProblemKind {
  /// The body cannot be read as JSON.
  NOT_JSON(400, "The body is not JSON"),
  /// A field or parameter has a wrong type or value.
  INVALID_FIELD(400, "A field is wrong"),
  /// A field or parameter that does not exist.
  UNKNOWN_FIELD(400, "A field is not known"),
  /// A domain the catalogue does not have.
  UNKNOWN_DOMAIN(400, "The domain is not known"),
  /// A request that HTTP itself does not allow.
  BAD_REQUEST(400, "The request is not valid HTTP"),
  /// An item the catalogue does not have.
  UNKNOWN_ITEM(404, "The item is not known"),
  /// A path without a route.
  UNKNOWN_ROUTE(404, "There is nothing here"),
  /// A route that has other methods.
  WRONG_METHOD(405, "The method is not allowed here"),
  /// A body above the limit.
  BODY_TOO_LARGE(413, "The body is too large"),
  /// A body that says it is something else than JSON.
  WRONG_MEDIA_TYPE(415, "The body is not declared as JSON"),
  /// A title that several items have.
  AMBIGUOUS_ITEM(422, "Several items have this title"),
  /// A defect of the server.
  INTERNAL(500, "The server failed"),
  /// A server that is starting or stopping.
  NOT_READY(503, "The server is not ready");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /// Returns the HTTP status.
  int status() {
    return status;
  }

  /// Returns the sentence that stays the same for every problem of this kind.
  String title() {
    return title;
  }

  /// Returns the name that programs compare, for instance `urn:segue:problem:unknown-domain`.
  String type() {
    return "urn:segue:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Returns the kind for a status that HTTP or the router gave.
  static ProblemKind ofStatus(int status) {
    return switch (status) {
      case 404 -> UNKNOWN_ROUTE;
      case 405 -> WRONG_METHOD;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> WRONG_MEDIA_TYPE;
      case 503 -> NOT_READY;
      default -> status < 500 ? BAD_REQUEST : INTERNAL;
    };
  }
}
