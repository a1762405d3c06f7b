package dev.segue.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.engine.Recommender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A server on a free port and a client that speaks HTTP to it.
final class TestServer implements AutoCloseable {
  private final RecommendationApi api;
  private final Recommender recommender;
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();

  /// Starts a server over a recommender, which it closes at its end.
  TestServer(Recommender recommender) {
    this.recommender = recommender;
    try {
      this.api = RecommendationApi.start(recommender, "localhost", 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A reply: status, headers, the text and, where it is JSON, its tree.
  record Reply(int status, HttpHeaders headers, String text, JsonNode json) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /// Returns a field of the body as text, by a path such as `/items/0/id`.
    String at(String path) {
      return json.at(path).asText();
    }
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + api.port() + path);
  }

  Reply get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  /// Posts a body, given with single quotes for double ones.
  Reply recommend(String body) {
    return send(
        HttpRequest.newBuilder(uri("/v1/recommend"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
      boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
      JsonNode json =
          isJson ? mapper.readTree(response.body()) : mapper.getNodeFactory().missingNode();
      return new Reply(response.statusCode(), response.headers(), response.body(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Encodes one segment of a path as browsers do.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    api.close();
    client.close();
    recommender.close();
  }
}
