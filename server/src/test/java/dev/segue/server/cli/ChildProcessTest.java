package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
  void resultsGoToStandardOutputAsUtf8() throws Exception {
    try (ChildProcess child = ChildProcess.start(folder, "--help")) {
      assertThat(child.exitCode()).isZero();
      assertThat(child.out()).contains("Usage: segue");
      assertThat(child.err()).isEmpty();
    }
  }
}
