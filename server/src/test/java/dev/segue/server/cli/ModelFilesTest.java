package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What commands say about model directories that are none or are damaged.
class ModelFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "items.jsonl", "config.json"})
  void anEditedModelIsRefusedByEveryCommandThatReadsIt(String file) throws IOException {
    Path model = SmallShop.model(folder);
    Files.writeString(model.resolve(file), "x", StandardOpenOption.APPEND);

    for (CommandRun run : readers(model)) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errorLines()).singleElement().asString().contains(file);
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void aFolderThatIsNoModelIsRefused() throws IOException {
    SmallShop.sessions(folder, 3);

    for (CommandRun run : readers(folder)) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errorLines()).singleElement().asString().contains(folder.toString());
    }
  }

  private CommandRun[] readers(Path model) {
    return new CommandRun[] {
      CommandRun.of("recommend", "--model", model, "--session", "Movie_Heat"),
      CommandRun.of("evaluate", "--model", model, "--sessions", folder.resolve("sessions.csv")),
      CommandRun.of("serve", "--model", model, "--port", "0"),
    };
  }
}
