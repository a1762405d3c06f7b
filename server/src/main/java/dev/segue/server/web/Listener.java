package dev.segue.server.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/// Sets Jetty up: where it listens, what it accepts, how it stops.
final class Listener {
  private final String host;
  private final int port;
  private final Json json;

  /// Makes the set-up for one host and port.
  Listener(String host, int port, Json json) {
    this.host = host;
    this.port = port;
    this.json = json;
  }

  /// Lets the server finish requests in progress when it stops, and tell problems as the API does.
  void configure(Server server) {
    server.setHandler(new GracefulHandler());
    server.setStopTimeout(Limits.DRAIN_MILLIS);
    server.setErrorHandler(new HttpErrors(json));
  }

  /// Sets what a request may look like.
  void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    // Ids hold slashes, percent signs and backslashes, encoded. They are safe: no path of a request
    // reaches a file system, and routes are matched before decoding.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "item-ids",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));
  }

  /// Opens the port, so that one in use is found before anything starts.
  Connector open(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(Limits.IDLE_MILLIS);
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }
}
