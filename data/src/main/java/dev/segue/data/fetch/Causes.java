package dev.segue.data.fetch;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/// Words for what the HTTP client throws, whose own messages are often empty.
final class Causes {
  private Causes() {}

  /// Returns one line about an error while talking to the host of an address.
  static String describe(Throwable error, URI address) {
    Throwable cause =
        error instanceof ExecutionException && error.getCause() != null ? error.getCause() : error;
    String host = address.getPort() < 0 ? address.getHost() : address.getAuthority();
    return switch (cause) {
      case UnknownHostException unknown -> "no such host: " + host;
      case HttpConnectTimeoutException slow -> "cannot connect to " + host + ": it does not answer";
      case ConnectException refused when isUnresolved(refused) -> "no such host: " + host;
      case ConnectException refused -> "cannot connect to " + host + reason(refused);
      case SSLException secure -> "no secure connection to " + host + reason(secure);
      default -> "the connection to " + host + " broke" + reason(cause);
    };
  }

  private static boolean isUnresolved(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static String reason(Throwable error) {
    String message = error.getMessage();
    return message == null || message.isBlank() ? "" : ": " + message.strip();
  }
}
