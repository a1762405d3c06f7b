package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A model of past sessions is a model like any other: trained, measured, asked on the command line
/// and over HTTP by a server of its own process.
class NeighbourModelEndToEndTest {
  private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+/");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"vstan", "sequential-rules"})
  void trainedMeasuredRecommendedAndServed(String kind) throws Exception {
    Path sessions = SmallShop.sessions(folder, 60);
    Path model = folder.resolve("model");
    done(
        "train",
        "--model",
        kind,
        "--sessions",
        sessions,
        "--catalogue",
        SmallShop.catalogue(folder),
        "--out",
        model);

    CommandRun measured =
        done(
            "evaluate",
            "--model",
            model,
            "--sessions",
            sessions,
            "-k",
            "1,3",
            "--json",
            folder.resolve("metrics.json"));
    assertThat(measured.out()).containsPattern("(?m)^" + kind + " +[01]\\.\\d{4}");
    JsonNode metrics = JSON.readTree(folder.resolve("metrics.json").toFile());
    assertThat(metrics.at("/recall/3").doubleValue())
        .as("sessions of three kinds that always go the same way")
        .isEqualTo(1);

    JsonNode asked =
        JSON.readTree(
            done("recommend", "--model", model, "--session", "Movie_Heat", "-k", "2", "--json")
                .out());
    assertThat(ids(asked)).first().isEqualTo("Movie_Ronin");
    assertThat(asked.path("model").asText()).isEqualTo(kind);

    try (ChildProcess child =
        ChildProcess.start(folder, "serve", "--model", model, "--port", "0")) {
      child.awaitOutput("Ctrl-C ends");
      Matcher address = ADDRESS.matcher(child.out());
      assertThat(address.find()).isTrue();
      JsonNode served = post(address.group(), "{\"items\": [\"Movie_Heat\"], \"k\": 2}");
      assertThat(ids(served)).isEqualTo(ids(asked));
      assertThat(served.path("model").asText()).isEqualTo(kind);
      JsonNode repeated =
          post(
              address.group(),
              "{\"items\": [\"Movie_Heat\", \"Movie_Ronin\"], \"k\": 2, \"excludeSeen\": false}");
      assertThat(ids(repeated)).as("a repeat").contains("Movie_Heat");
      child.interrupt();
      child.exitCode();
    }
  }

  private static JsonNode post(String address, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          client.send(
              HttpRequest.newBuilder(URI.create(address + "v1/recommend"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
      return JSON.readTree(reply.body());
    }
  }

  private static List<String> ids(JsonNode answer) {
    return answer.path("items").findValuesAsText("id");
  }

  private static CommandRun done(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }
}
