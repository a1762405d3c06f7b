package dev.segue.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingUseTest {
  @Test
  void theExampleRuns(@TempDir Path folder) throws IOException {
    Path clicks = folder.resolve("clicks.txt");
    Files.writeString(clicks, "a b c a b\nb c a b\nc a b c\n".repeat(20));
    TrainingResult result = TrainingUse.train(clicks, folder.resolve("model"));
    assertThat(result.interrupted()).isFalse();
    assertThat(result.epochs().getLast().validationLoss()).isLessThan(Math.log(3));
    assertThat(folder.resolve("model/MANIFEST")).isRegularFile();
  }

  @Test
  void theReadmeShowsTheExampleAsItIsCompiled() throws IOException {
    Path source = Path.of("src/test/java/dev/segue/engine/example/TrainingUse.java");
    Path module = Path.of(System.getProperty("user.dir"));
    while (!Files.isRegularFile(module.resolve(source))) {
      module = Objects.requireNonNull(module.getParent(), "the module's folder is not above");
    }
    String code = Files.readString(module.resolve(source));
    String example = code.split("// example\n", -1)[1].stripIndent().strip();
    assertThat(Files.readString(module.resolve("README.md"))).contains(example);
  }
}
