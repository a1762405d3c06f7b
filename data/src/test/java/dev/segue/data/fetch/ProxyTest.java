package dev.segue.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.DataException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The server of these tests plays the proxy: it is asked for addresses of other hosts.
class ProxyTest extends FetcherRig {
  private static final URI DATA = URI.create("http://data.example/file.csv");

  @ParameterizedTest
  @ValueSource(strings = {"http_proxy", "HTTP_PROXY", "ALL_PROXY"})
  void aFileIsAskedOfTheProxyThatAVariableNames(String variable) throws IOException {
    server.on(DATA.toString(), remote);

    fetchThrough(Map.of(variable, server.address("").toString()));

    assertThat(folder.resolve("file.csv")).hasBinaryContent(content);
    assertThat(server.requests()).allMatch(request -> request.target().equals(DATA.toString()));
    assertOnlyFinishedFiles();
  }

  @Test
  void javasPropertiesGoBeforeTheVariables() throws IOException {
    server.on(DATA.toString(), remote);

    fetchThrough(
        Map.of("http_proxy", "http://nobody.example:1"),
        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));

    assertThat(folder.resolve("file.csv")).hasBinaryContent(content);
  }

  @Test
  void aSecureAddressIsReachedThroughATunnel() {
    server.on("data.example:443", ScriptedServer.status("403 Forbidden"));
    Source source =
        new Source(
            "test", "file.csv", URI.create("https://data.example/file.csv"), DATA, "free", null);

    assertThatThrownBy(
            () -> fetchThrough(source, Map.of("HTTPS_PROXY", "127.0.0.1:" + server.port()), null))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("file.csv")
        .message()
        .doesNotContain("\n");
    assertThat(server.requests()).allMatch(request -> request.target().equals("data.example:443"));
    assertThat(server.requests()).isNotEmpty();
  }

  @Test
  void aProxyThatAsksForAPasswordGetsTheOneOfItsAddress() throws IOException {
    server.on(
        DATA.toString(),
        (request, out) -> {
          if (request.header("Proxy-Authorization").isEmpty()) {
            ScriptedServer.head(
                out,
                "407 Proxy Authentication Required",
                "Proxy-Authenticate: Basic realm=\"test\"",
                "Content-Length: 0");
          } else {
            remote.answer(request, out);
          }
        });

    fetchThrough(Map.of("http_proxy", "http://ann:s%40cret@127.0.0.1:" + server.port()));

    assertThat(Files.size(folder.resolve("file.csv"))).isEqualTo(content.length);
    // ann:s@cret
    assertThat(server.requests().getLast().header("Proxy-Authorization"))
        .isEqualTo("Basic YW5uOnNAY3JldA==");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://data.example/f      | ''                     | proxy",
        "http://data.example/f      | other.example          | proxy",
        "http://data.example/f      | ample                  | proxy",
        "http://data.example/f      | data.example           | direct",
        "http://a.data.example/f    | .data.example          | direct",
        "http://a.data.example/f    | x, *.DATA.example      | direct",
        "http://data.example:81/f   | data.example:81        | direct",
        "http://data.example:82/f   | data.example:81        | proxy",
        "http://data.example/f      | *                      | direct",
        "http://localhost:7070/f    | ''                     | direct",
        "http://127.0.0.1:7070/f    | ''                     | direct",
        "https://data.example/f     | ''                     | direct"
      })
  void exceptionsAreMade(URI uri, String exceptions, String expected) {
    Proxies proxies =
        new Proxies(Map.of("HTTP_PROXY", "proxy.example:3128", "NO_PROXY", exceptions), null);

    assertThat(proxies.select(uri).getFirst().type() == Proxy.Type.DIRECT ? "direct" : "proxy")
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://ann:secret@p:1", "http://", "http://ann:secret@a b"})
  void anAddressThatIsNoProxyIsNamedWithoutItsPassword(String value) {
    assertThatThrownBy(() -> new Proxies(Map.of("HTTP_PROXY", value), null).select(DATA))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "fetch: HTTP_PROXY: not the address of an HTTP proxy, expected http://host:port");
  }

  private void fetchThrough(Map<String, String> environment) {
    fetchThrough(environment, null);
  }

  private void fetchThrough(Map<String, String> environment, @Nullable ProxySelector ofJava) {
    fetchThrough(new Source("test", "file.csv", DATA, DATA, "free", null), environment, ofJava);
  }

  private void fetchThrough(
      Source source, Map<String, String> environment, @Nullable ProxySelector ofJava) {
    try (Fetcher fetcher = new Fetcher(SETTINGS, new Proxies(environment, ofJava))) {
      fetcher.fetch(source, folder, FetchProgress.silent());
    }
  }
}
