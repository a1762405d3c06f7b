package dev.segue.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.SessionLog;
import dev.segue.engine.Settings;
import dev.segue.engine.Trainer;
import dev.segue.engine.TrainingListener;
import dev.segue.engine.TrainingRequest;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedUseTest {
  private static final String[] DOMAINS = {"Movie", "Music", "Book"};

  @Test
  void theExampleRuns(@TempDir Path folder) {
    Path model = folder.resolve("model");
    Settings settings =
        Settings.of(Map.of("embedding", "16", "hidden", "16", "epochs", "8", "rate", "0.02"));
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      new Trainer(backend)
          .train(
              new TrainingRequest(circles(), null, settings, model, false, Map.of()),
              new TrainingListener() {});
    }
    List<String> lines = EmbeddedUse.recommend(model);
    assertThat(lines).hasSize(8).first().isEqualTo("2 (Book)");
    assertThat(lines.subList(5, 8)).allMatch(id -> id.startsWith("Book_")).doesNotContain("Book_2");
  }

  @Test
  void theReadmeShowsTheExampleAsItIsCompiled() throws IOException {
    Path module = module();
    String code =
        Files.readString(module.resolve("src/test/java/dev/segue/engine/example/EmbeddedUse.java"));
    String example = code.split("// example\n", -1)[1].stripIndent().strip();
    assertThat(Files.readString(module.resolve("README.md"))).contains(example);
  }

  /// Twelve items in a circle, each followed by the next.
  private static SessionLog circles() {
    SessionLog.Builder log = SessionLog.builder();
    for (int session = 0; session < 300; session++) {
      for (int item = session; item < session + 5; item++) {
        log.add("s" + session, DOMAINS[item % 12 % 3] + "_" + item % 12);
      }
    }
    return log.build();
  }

  private static Path module() {
    Path here = Path.of(System.getProperty("user.dir"));
    return here.endsWith("engine") ? here : here.resolve("engine");
  }
}
