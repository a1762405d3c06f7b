package dev.segue.data.fetch;

import dev.segue.data.DataException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chooses the proxy as command-line programs do: by the environment variables `HTTPS_PROXY`,
/// `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in small letters first. Java's own properties
/// (`https.proxyHost` and so on) go before them, and this machine is never asked through a proxy.
final class Proxies extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Map<String, String> environment;
  private final @Nullable ProxySelector ofJava;

  /// Makes a selector.
  ///
  /// @param environment the variables of the process
  /// @param ofJava what follows Java's properties
  Proxies(Map<String, String> environment, @Nullable ProxySelector ofJava) {
    this.environment = environment;
    this.ofJava = ofJava;
  }

  @Override
  public List<Proxy> select(URI uri) {
    List<Proxy> chosen = ofJava == null ? DIRECT : ofJava.select(uri);
    if (!chosen.isEmpty() && chosen.getFirst().type() != Proxy.Type.DIRECT) {
      return chosen;
    }
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    URI proxy = proxyOf(uri.getScheme());
    return proxy == null || isHere(host) || isExcepted(host, uri.getPort())
        ? DIRECT
        : List.of(new Proxy(Proxy.Type.HTTP, address(proxy)));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // The fetcher says what failed.
  }

  /// Returns what answers a proxy that asks who is there, by `http://user:password@proxy`.
  Authenticator authenticator() {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        URI proxy = proxyOf(getRequestingURL().getProtocol());
        String who = proxy == null ? null : proxy.getUserInfo();
        if (who == null || getRequestorType() != RequestorType.PROXY) {
          return null;
        }
        int colon = who.indexOf(':');
        String user = colon < 0 ? who : who.substring(0, colon);
        String password = colon < 0 ? "" : who.substring(colon + 1);
        return new PasswordAuthentication(user, password.toCharArray());
      }
    };
  }

  private @Nullable URI proxyOf(String scheme) {
    String name = scheme.toLowerCase(Locale.ROOT) + "_proxy";
    String text = variable(name).isEmpty() ? variable("all_proxy") : variable(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
      if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
        return proxy;
      }
    } catch (IllegalArgumentException e) {
      throw unusable(name);
    }
    throw unusable(name);
  }

  /// Does not repeat the value, which may hold a password.
  private static DataException unusable(String name) {
    return new DataException(
        "fetch: %s: not the address of an HTTP proxy, expected http://host:port"
            .formatted(name.toUpperCase(Locale.ROOT)));
  }

  private boolean isExcepted(String host, int port) {
    for (String exception : variable("no_proxy").split("[,\\s]+", -1)) {
      String name = exception.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      String withPort = host + ":" + port;
      boolean isExcepted =
          name.equals("*")
              || (!name.isEmpty()
                  && (host.equals(name)
                      || host.endsWith("." + name)
                      || withPort.equals(name)
                      || withPort.endsWith("." + name)));
      if (isExcepted) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHere(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static InetSocketAddress address(URI proxy) {
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    return new InetSocketAddress(proxy.getHost(), port);
  }

  private String variable(String name) {
    String small = environment.getOrDefault(name, "");
    return (small.isBlank() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : small)
        .strip();
  }
}
