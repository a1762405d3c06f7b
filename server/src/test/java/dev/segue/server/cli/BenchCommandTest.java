package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void printsMachineAndATableAndWritesTheSameAsJson() throws IOException {
    Path json = folder.resolve("bench.json");

    CommandRun run =
        CommandRun.of(
            "bench", "--items", 500, "--seconds", 0, "--backend", "scalar", "--json", json);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("Wrote " + json + ".\n");
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).startsWith("segue ").contains(", Java 2");
    assertThat(lines.get(1)).matches(".+, \\d+ processors, .+");
    assertThat(lines.get(2)).startsWith("backend scalar");
    String figures = " +[\\d.,]+ (µs|ms) +[\\d.,]+ (µs|ms) +1 +[\\d.,]+ ";
    assertThat(run.out())
        .containsPattern("(?m)^ +median +9 of 10 +runs +a second$")
        .containsPattern("(?m)^matrix product, 3,200 × 768 × 128" + figures + "GFLOP$")
        .containsPattern("(?m)^GRU with gradients, 64 sessions of 20 steps" + figures + "GFLOP$")
        .containsPattern(
            "(?m)^training step, 64 sessions of 10 steps, 500 items" + figures + "events$")
        .containsPattern("(?m)^best 21 of 500 items" + figures + "answers$")
        .containsPattern("(?m)^one event of a live session" + figures + "events$")
        .containsPattern("(?m)^one event, then the best 21 of 500 items" + figures + "answers$");

    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.path("backend").asText()).startsWith("scalar");
    assertThat(report.path("processors").asInt()).isPositive();
    assertThat(report.path("results")).hasSize(6);
    for (JsonNode result : report.path("results")) {
      assertThat(result.path("runs").asInt()).isEqualTo(1);
      assertThat(result.path("medianMicros").asDouble()).isPositive();
      assertThat(result.path("rateUnit").asText()).endsWith("/s");
    }
  }

  @Test
  void mistakesAreOneLine() {
    assertMistake("items, expected at least 21, got 20", "--items", 20);
    assertMistake("--seconds: expected 0 to 60, got -1.0", "--seconds", -1);
    assertMistake("--seconds: expected 0 to 60, got NaN", "--seconds", "NaN");
  }

  private static void assertMistake(String message, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = "bench";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandRun run = CommandRun.of(all);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("segue bench: " + message + "\n");
  }
}
