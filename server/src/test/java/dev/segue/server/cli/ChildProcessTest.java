package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  @TempDir Path folder;

  @Test
  void aMistakeEndsTheProcessWithCodeTwoAndOneLine() throws Exception {
    try (ChildProcess child =
        ChildProcess.start(folder, "train", "--sessions", "no-such.csv", "--out", "model")) {
      assertThat(child.exitCode()).isEqualTo(2);
      assertThat(child.err()).isEqualTo("segue train: no-such.csv: no such file\n");
      assertThat(child.out()).isEmpty();
    }
  }

  @Test
  void aFullDiskUnderStandardOutputIsNoSuccess() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full, which this system lacks");
    try (ChildProcess child = ChildProcess.startInto(full, folder, "devices")) {
      assertThat(child.exitCode()).isEqualTo(1);
      assertThat(child.err()).isEqualTo("segue: standard output: No space left on device\n");
    }
  }

  @Test
  void aDamagedModelEndsTheProcessWithCodeTwoAndOneLine() throws Exception {
    Path model = SmallShop.model(folder);
    Files.write(model.resolve("weights.safetensors"), new byte[] {1, 2, 3});

    try (ChildProcess child =
        ChildProcess.start(folder, "recommend", "--model", "model", "--session", "Heat")) {
      assertThat(child.exitCode()).isEqualTo(2);
      assertThat(child.err().lines())
          .singleElement()
          .asString()
          .startsWith("segue recommend: ")
          .contains("weights.safetensors");
    }
  }

  @Test
  void debugShowsWhereAnErrorComesFrom() throws Exception {
    try (ChildProcess child =
        ChildProcess.start(
            folder, "train", "--sessions", "no-such.csv", "--out", "model", "--debug")) {
      assertThat(child.exitCode()).isEqualTo(2);
      assertThat(child.err())
          .startsWith("segue train: no-such.csv: no such file\n")
          .contains("\tat dev.segue");
    }
  }

  @Test
  void resultsGoToStandardOutputAsUtf8() throws Exception {
    try (ChildProcess child = ChildProcess.start(folder, "--help")) {
      assertThat(child.exitCode()).isZero();
      assertThat(child.out()).contains("Usage: segue");
      assertThat(child.err()).isEmpty();
    }
  }
}
