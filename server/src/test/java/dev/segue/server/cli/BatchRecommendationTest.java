package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchRecommendationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path catalogue = Path.of("");
  private Path input = Path.of("");
  private Path output = Path.of("");

  @BeforeEach
  void nameFiles() {
    catalogue = SmallShop.catalogue(folder);
    input = folder.resolve("sessions.jsonl");
    output = folder.resolve("answers/top.jsonl");
  }

  @Test
  void answersEveryLineInOrderWithItsOwnId() throws IOException {
    Files.writeString(
        input,
        """
        {"id": "a", "items": ["Movie_Heat"]}

        {"id": 7, "items": [{"id": "yellow", "dwellMillis": 9000}, "Movie_Nowhere"]}
        {"items": []}
        """);

    CommandRun run = answer(output);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .matches(
            "Answered 3 sessions in \\S+ s \\(\\S+ sessions/s\\), 1 of them with unknown items"
                + " \\(see \"unknown\"\\); wrote .*top\\.jsonl\\.\\R");
    List<String> lines = Files.readAllLines(output);
    assertThat(lines).hasSize(3);
    JsonNode first = JSON.readTree(lines.get(0));
    assertThat(first.path("id").asText()).isEqualTo("a");
    assertThat(first.path("items")).hasSize(2);
    assertThat(first.path("items").path(0).path("id").asText()).isEqualTo("Movie_Ronin");
    assertThat(first.path("items").path(0).path("score").isNumber()).isTrue();
    assertThat(first.has("unknown")).isFalse();
    JsonNode second = JSON.readTree(lines.get(1));
    assertThat(second.path("id").isNumber()).isTrue();
    assertThat(second.path("items").path(0).path("id").asText()).isEqualTo("Music_7qi");
    assertThat(second.path("unknown")).hasSize(1).first().hasToString("\"Movie_Nowhere\"");
    assertThat(JSON.readTree(lines.get(2)).path("items")).hasSize(2);
  }

  @Test
  void anAmbiguousTitleIsLeftOutAndItsCandidatesAreNamed() throws IOException {
    Files.writeString(
        input, "{\"items\": [\"Pinocchio\", \"Movie_Heat\"]}\n{\"items\": [\"Movie_Heat\"]}\n");

    CommandRun run = answer(output);

    assertThat(run.err()).contains(", 1 of them with ambiguous titles (see \"ambiguous\");");
    List<String> lines = Files.readAllLines(output);
    JsonNode first = JSON.readTree(lines.get(0));
    assertThat(first.path("ambiguous").toString())
        .isEqualTo(
            "[{\"item\":\"Pinocchio\",\"candidates\":"
                + "[\"Movie_Pinocchio (1940)\",\"Movie_Pinocchio (2022)\"]}]");
    assertThat(first.has("unknown")).isFalse();
    assertThat(first.path("items")).isEqualTo(JSON.readTree(lines.get(1)).path("items"));
  }

  @Test
  void keepsTheOrderOverManyLines() throws IOException {
    Files.write(
        input,
        IntStream.range(0, 5000)
            .mapToObj(i -> "{\"id\":%d,\"items\":[\"Movie_Heat\"]}".formatted(i))
            .toList());

    assertThat(answer(output).exitCode()).isZero();

    assertThat(Files.readAllLines(output).stream().map(BatchRecommendationTest::idOf))
        .containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":1,\"items\":[\"Movie_Heat\" | not JSON: Unexpected",
        "{\"id\":1,\"items\":[]} {} | not JSON: ",
        "[1] | expected {\"id\": …, \"items\": [id, …]}, got [1]",
        "{\"id\":1,\"items\":\"Movie_Heat\"} | expected {\"id\": …, \"items\": [id, …]}, got {\"id\"",
        "{\"id\":1,\"items\":[{\"item\":1}]} | items: expected ids or titles, got {\"item\":1}",
      })
  void aLineThatCannotBeUnderstoodStopsItAndKeepsTheOldOutput(String line, String reason)
      throws IOException {
    Files.writeString(input, "{\"id\":0,\"items\":[]}\n" + line + "\n");
    Files.createDirectories(folder.resolve("answers"));
    Files.writeString(output, "old");

    CommandRun run = answer(output);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("segue recommend: " + input + ":2: " + reason);
    assertThat(output).hasContent("old");
    assertThat(folder.resolve("answers").toFile().list()).hasSize(1);
  }

  @Test
  void binaryGarbageIsRefusedByFileAndLine() throws IOException {
    Files.write(input, new byte[] {'{', (byte) 0xff, (byte) 0xfe, 0, 1});

    CommandRun run = answer(output);

    assertThat(run.err())
        .isEqualTo(
            "segue recommend: %s:1: not UTF-8 text, expected a JSON object a line%n"
                .formatted(input));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(output).doesNotExist();
  }

  @Test
  void aMissingInputIsNamed() {
    CommandRun run = answer(output);

    assertThat(run.err()).isEqualTo("segue recommend: " + input + ": no such file or directory\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aFullDiskIsOneLineAndOurFailure() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full, which this system lacks");
    Files.writeString(input, "{\"id\":0,\"items\":[]}\n");

    CommandRun run = answer(full);

    assertThat(run.err()).isEqualTo("segue recommend: /dev/full: no space left on device\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  private CommandRun answer(Path file) {
    return CommandRun.of(
        "recommend", "--catalogue", catalogue, "--input", input, "--output", file, "-k", "2");
  }

  private static int idOf(String line) {
    try {
      return JSON.readTree(line).path("id").asInt();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
