package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.DataException;
import dev.segue.engine.ModelException;
import dev.segue.kernels.BackendUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void mistakesOfTheUserKeepTheirMessage() {
    assertThat(Failure.of(new DataException("a.csv:3: score: not a number")))
        .isEqualTo(new Failure(2, "a.csv:3: score: not a number"));
    assertThat(Failure.of(new ModelException("model: no MANIFEST")))
        .isEqualTo(new Failure(2, "model: no MANIFEST"));
    assertThat(Failure.of(new BackendUnavailableException("cuda: no driver")))
        .isEqualTo(new Failure(2, "cuda: no driver"));
    assertThat(Failure.of(new IllegalArgumentException("settings: unknown key")))
        .isEqualTo(new Failure(2, "settings: unknown key"));
    assertThat(Failure.of(new BindException("port 7070 is in use")))
        .isEqualTo(new Failure(2, "port 7070 is in use"));
  }

  @Test
  void filesThatCannotBeOpenedAreNamed() {
    assertThat(Failure.of(new NoSuchFileException("a.csv")))
        .isEqualTo(new Failure(2, "a.csv: no such file or directory"));
    assertThat(Failure.of(new UncheckedIOException(new AccessDeniedException("a.csv"))))
        .isEqualTo(new Failure(2, "a.csv: permission denied"));
    assertThat(Failure.of(new FileSystemException("a.csv", null, "Is a directory")))
        .isEqualTo(new Failure(2, "a.csv: is a directory"));
  }

  @Test
  void aFailingDiskIsNotTheUsersMistake() {
    IOException full = new FileSystemException("a.csv", null, "No space left on device");

    assertThat(Failure.of(full)).isEqualTo(new Failure(1, "a.csv: no space left on device"));
    assertThat(Failure.of(new DataException("a.csv: cannot be written", full)))
        .isEqualTo(new Failure(1, "a.csv: cannot be written"));
  }

  @Test
  void aDirectoryThatIsNoModelIsAMistake() {
    IOException other = new IOException("holds other files and no model");

    assertThat(Failure.of(new ModelException("training: cannot write m: " + other, other)))
        .extracting(Failure::exitCode)
        .isEqualTo(2);
  }

  @Test
  void anythingElseIsOurErrorAndOneLine() {
    assertThat(Failure.of(new IllegalStateException("one\n  two")))
        .isEqualTo(
            new Failure(1, "internal error: IllegalStateException: one two (--debug shows where)"));
  }
}
