package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.EpochResult;
import dev.segue.engine.TrainingListener.Plan;
import dev.segue.engine.TrainingListener.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private static final Plan PLAN =
      new Plan(90, 10, 1234, 1000, 1, 3, 567_890, "scalar (1 thread)", "loss");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aPipeGetsWholeLinesWithoutControlCodes() {
    train(false);

    assertThat(text())
        .isEqualTo(
            """
            Training 1,234 items on 90 sessions (1,000 targets), 10 more to validate, 567,890 parameters, on scalar (1 thread).
            epoch  train loss  validation loss   events/s   seconds
                1      5.5000           5.2500     12,346       0.8  best
                2      5.0000                -     12,346       0.8
            """);
  }

  @Test
  void aPersonSeesABarThatIsGoneAfterTheEpoch() {
    train(true);

    assertThat(text()).contains("\rEpoch 1/3", "12,346 events/s, loss 5.6000");
    String visible = visible(text());
    assertThat(visible).doesNotContain("Epoch 1/3").contains("    1      5.5000");
    assertThat(visible.lines()).hasSize(4);
  }

  @Test
  void aLineToldMeanwhileDoesNotRunIntoTheBar() {
    Terminal terminal = new Terminal(new ByteArrayOutputStream(), err, true);
    terminal.status("Epoch 1/3  40 %");

    terminal.tell("a log line");

    assertThat(visible(text())).isEqualTo("a log line\n");
  }

  @Test
  void passesTheWishToStopOn() {
    Terminal terminal = new Terminal(new ByteArrayOutputStream(), err, false);
    assertThat(new TrainingProgress(terminal, () -> true).stopRequested()).isTrue();
    assertThat(new TrainingProgress(terminal, () -> false).stopRequested()).isFalse();
  }

  private void train(boolean interactive) {
    Terminal terminal = new Terminal(new ByteArrayOutputStream(), err, interactive);
    try (TrainingProgress progress = new TrainingProgress(terminal, () -> false)) {
      progress.started(PLAN);
      progress.progressed(new Progress(1, 400, 1000, 5.6, 12_345.6));
      progress.progressed(new Progress(1, 1000, 1000, 5.6, 12_345.6));
      progress.epochFinished(
          new EpochResult(1, 5.5, 5.25, Double.NaN, Double.NaN, 0.8, 12_345.6, true));
      progress.epochFinished(
          new EpochResult(2, 5, Double.NaN, Double.NaN, Double.NaN, 0.8, 12_345.6, true));
    }
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /// What stays on a screen: a carriage return lets the rest of the line be written over.
  private static String visible(String text) {
    StringBuilder screen = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      StringBuilder shown = new StringBuilder();
      for (String part : line.split("\r", -1)) {
        shown.replace(0, Math.min(part.length(), shown.length()), part);
      }
      screen.append(shown.toString().stripTrailing()).append('\n');
    }
    return screen.substring(0, screen.length() - 1);
  }
}
