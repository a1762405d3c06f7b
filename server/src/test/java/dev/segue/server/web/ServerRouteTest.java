package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.Recommender;
import dev.segue.server.web.TestServer.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerRouteTest {
  private final TestServer server = new TestServer(Recommender.contentOnly(SmallCatalogue.make()));

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void infoTellsModelAndDomainsWithCounts() {
    Reply reply = server.get("/v1/info");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at("/model")).isNotBlank();
    assertThat(reply.at("/version")).isNotBlank();
    assertThat(reply.json().at("/items").asInt()).isEqualTo(30);
    assertThat(reply.json().at("/domains").toString())
        .isEqualTo(
            "[{\"name\":\"Movie\",\"items\":10},{\"name\":\"Music\",\"items\":10},"
                + "{\"name\":\"Book\",\"items\":10}]");
  }

  @Test
  void aStartedServerIsLiveAndReady() {
    assertThat(server.get("/health/live").text()).isEqualTo("{\"status\":\"live\"}");
    assertThat(server.get("/health/ready").text()).isEqualTo("{\"status\":\"ready\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/v1",
        "/v1/items/a/b",
        "/dashboard/secret.txt",
        "/dashboard/%2e%2e%2fMain"
      })
  void anUnknownPathIsNotFound(String path) {
    Reply reply = server.get(path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:unknown-route");
  }

  @Test
  void aWrongMethodNamesTheRightOnes() {
    Reply reply = server.get("/v1/recommend");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("POST");
    assertThat(reply.at("/detail")).isEqualTo("GET /v1/recommend: expected POST");
    assertThat(
            server
                .send(HttpRequest.newBuilder(server.uri("/v1/items")).POST(BodyPublishers.noBody()))
                .header("Allow"))
        .contains("GET");
  }

  @Test
  void everyReplyCarriesTheSecurityHeadersAndNoServerName() {
    for (String path : new String[] {"/", "/v1/info", "/nowhere", "/v1/recommend"}) {
      Reply reply = server.get(path);
      assertThat(reply.header("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Server")).isEmpty();
    }
  }

  @Test
  void aBrokenRequestLineGetsAProblemAndNoPageOfTheServer() throws IOException {
    assertThat(raw("GET /v1/items/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "urn:segue:problem:bad-request")
        .doesNotContainIgnoringCase("jetty", "html", "exception");
  }

  @Test
  void aHeaderThatIsTooLargeGetsAProblem() throws IOException {
    String request =
        "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: "
            + "a".repeat(20_000)
            + "\r\n\r\n";

    assertThat(raw(request)).startsWith("HTTP/1.1 431").contains("application/problem+json");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", server.uri("/").getPort());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
