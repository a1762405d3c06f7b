package dev.segue.server.web;

/// What a request may ask for. The numbers bound memory and time, and stand in `server/README.md`.
final class Limits {
  /// Largest body of a request.
  static final int BODY_BYTES = 1 << 20;

  /// Deepest nesting of a body; the API itself needs 3.
  static final int JSON_DEPTH = 16;

  /// Items that one answer may have.
  static final int MAX_K = 100;

  /// Items that an answer has when the request does not say.
  static final int DEFAULT_K = 5;

  /// Events that one session may have.
  static final int SESSION_ITEMS = 1_000;

  /// Items that one request may exclude.
  static final int EXCLUDED_ITEMS = 10_000;

  /// Longest id or title of a request.
  static final int NAME_CHARS = 500;

  /// Items that one page of a search may have.
  static final int MAX_PAGE = 100;

  /// Items that a search gives when the request does not say.
  static final int DEFAULT_PAGE = 20;

  /// Longest text of a search.
  static final int QUERY_CHARS = 200;

  /// Candidates named when a title is not unambiguous.
  static final int CANDIDATES = 20;

  /// How long a stopping server waits for requests in progress.
  static final long DRAIN_MILLIS = 10_000;

  /// How long a connection may stand still, also in the middle of a body.
  static final long IDLE_MILLIS = 30_000;

  private Limits() {}
}
