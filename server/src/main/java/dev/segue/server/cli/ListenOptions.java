package dev.segue.server.cli;

import picocli.CommandLine.Option;

/// The options that say where to listen.
final class ListenOptions {
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "7070",
      description = "Port to listen on, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "localhost",
      description = "Name or address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host = "localhost";

  /// Returns the port, 0 for any free one.
  int port() {
    return port;
  }

  /// Returns the name or address.
  String host() {
    return host;
  }

  /// Throws unless the port is one.
  void check() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserMistake("--port: expected 0 to %d, got %d".formatted(HIGHEST_PORT, port));
    }
  }
}
