package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the file computes what the model does is tested with ONNX Runtime in the benchmarks.
class ExportCommandTest {
  @TempDir static Path folder;
  private static Path model = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    model = SmallShop.model(folder);
  }

  @Test
  void writesTheFileAndSaysHowToReadItemNumbers() throws IOException {
    Path file = folder.resolve("new folder/model.onnx");

    CommandRun run = CommandRun.of("export", "--model", model, "--onnx", file, "--top", "3");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "Wrote %s, 0.0 MB".formatted(file),
            "7 items; item number n is line n, from 0, of " + model.resolve("items.jsonl"));
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("items", "hidden", "scores", "top_items", "next_hidden");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).as("nothing else is left there").containsExactly(file);
    }
  }

  @Test
  void moreBestItemsThanThereAreIsAMistake() {
    assertMistake("top, expected 0 to 7 items, got 8", folder.resolve("x.onnx"), 8);
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  @Test
  void aDirectoryIsNoFile() {
    assertMistake("--onnx: %s is a directory, expected a file's name".formatted(folder), folder, 0);
  }

  private static void assertMistake(String message, Path file, int top) {
    CommandRun run = CommandRun.of("export", "--model", model, "--onnx", file, "--top", top);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("segue export: " + message + "\n");
  }
}
