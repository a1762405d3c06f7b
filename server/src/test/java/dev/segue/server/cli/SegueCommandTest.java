package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegueCommandTest {
  @Test
  void helpListsEveryCommandWithItsDescription() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Usage: segue", "Exit codes:")
        .containsPattern("(?m)^  train +Trains a model")
        .containsPattern("(?m)^  evaluate +Measures a model")
        .containsPattern("(?m)^  recommend +Recommends")
        .containsPattern("(?m)^  serve +Serves")
        .containsPattern("(?m)^  devices +Lists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "prepare",
        "import",
        "simulate",
        "split",
        "train",
        "blend",
        "evaluate",
        "recommend",
        "memorise",
        "similar",
        "serve",
        "devices",
        "bench",
        "export",
        "help"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    CommandRun byOption = CommandRun.of(command, "--help");
    CommandRun byCommand = CommandRun.of("help", command);

    assertThat(byOption.exitCode()).isZero();
    assertThat(byOption.out())
        .startsWith("Usage: segue " + command)
        .containsPattern("Examples?:\\R(.*\\R)?  segue " + command);
    assertThat(byCommand.out()).isEqualTo(byOption.out());
  }

  @Test
  void helpOfTrainListsTheSettingsWithTheirDefaults() {
    assertThat(CommandRun.of("train", "--help").out())
        .contains("embedding=128", "hidden=256", "epochs=50", "seed=42");
  }

  @Test
  void versionNamesTheBuildAndJava() {
    assertThat(CommandRun.of("--version").out())
        .matches("segue \\d+\\.\\d+\\S*( \\(\\p{XDigit}+\\))?, Java 2\\d\\S*\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian | segue: unknown command 'trian', did you mean train; try 'segue --help'",
        "train --session x | segue train: unknown option '--session', did you mean --sessions; try 'segue train --help'",
        "train --out x | segue train: missing required option: '--sessions=FILE'; try 'segue train --help'",
        "serve --port abc | segue serve: invalid value for option '--port': 'abc' is not an int; try 'segue serve --help'",
        "serve --port 70000 --model x | segue serve: --port: expected 0 to 65535, got 70000",
        "recommend -k 5 | segue recommend: nothing to recommend from, expected --model MODELDIR, --catalogue DIR or both",
        "recommend --model x --input y | segue recommend: --input and --output belong together, got only one of them",
        "train --sessions x --out y --set epochs | segue train: --set: expected KEY=VALUE, got \"epochs\"",
        "devices extra | segue devices: unknown argument 'extra'; try 'segue devices --help'",
      })
  void aMistakeIsOneLineAndExitCodeTwo(String arguments, String expected) {
    CommandRun run = CommandRun.of((Object[]) arguments.strip().split(" "));

    assertThat(run.err()).isEqualTo(expected + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void resultsThatCannotBeWrittenAreAnError() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exitCode = runInto(failing("No space left on device"), err);

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("segue: standard output: No space left on device\n");
  }

  @Test
  void aReaderThatClosesItsPipeIsNoReasonToComplain() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    assertThat(runInto(failing("Broken pipe"), err)).isEqualTo(1);
    assertThat(err.size()).isZero();
  }

  private static int runInto(OutputStream out, OutputStream err) {
    try (Interrupts interrupts = new Interrupts()) {
      return SegueCommand.run(new Terminal(out, err, false), interrupts, "devices");
    }
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
