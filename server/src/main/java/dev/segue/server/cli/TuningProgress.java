package dev.segue.server.cli;

import dev.segue.engine.tuning.Trial;
import dev.segue.engine.tuning.TuningListener;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a search on standard error: a bar over all of it, and a row after each trial; where nobody
/// looks, a plain line now and then instead of the bar.
final class TuningProgress implements TuningListener, AutoCloseable {
  private static final long PLAIN_LINE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int WIDTH = 100;
  private static final int STEPS = 1000;

  private final Terminal terminal;
  private final BooleanSupplier stop;
  private @Nullable ProgressBar bar;
  private long lastPlainLine = System.nanoTime();

  TuningProgress(Terminal terminal, BooleanSupplier stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public void roundStarted(int round, int rounds, int trials, String budget) {
    terminal.tell(
        String.format(
            Locale.ROOT, "Round %d of %d: %,d trials of %s", round, rounds, trials, budget));
    terminal.tell("trial  Recall@20  MRR@20  seconds");
  }

  @Override
  public void progressed(int number, Map<String, String> settings, double done) {
    if (terminal.isInteractive()) {
      ProgressBar shown = bar == null ? newBar() : bar;
      bar = shown;
      shown.setExtraMessage(" trial " + number);
      shown.stepTo(Math.round(done * STEPS));
    } else if (System.nanoTime() - lastPlainLine > PLAIN_LINE_NANOS) {
      lastPlainLine = System.nanoTime();
      terminal.tell(
          String.format(Locale.ROOT, "trial %d: %.0f %% of the search", number, 100 * done));
    }
  }

  @Override
  public void trialFinished(Trial trial, boolean isBest, boolean known) {
    lastPlainLine = System.nanoTime();
    String failure = trial.failure();
    String figures =
        failure == null
            ? String.format(
                Locale.ROOT, "%9.4f  %6.4f  %7.1f", trial.recall(), trial.mrr(), trial.seconds())
            : failure;
    String mark = (isBest ? "  best" : "") + (known ? "  (before)" : "");
    terminal.tell("%5d  %s  %s%s".formatted(trial.number(), figures, text(trial.settings()), mark));
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }

  /// Removes the bar.
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      terminal.clearStatus();
    }
  }

  /// Returns settings in one line.
  static String text(Map<String, String> settings) {
    return settings.isEmpty()
        ? "defaults"
        : settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }

  private ProgressBar newBar() {
    return new ProgressBarBuilder()
        .setTaskName("Search")
        .setInitialMax(STEPS)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setMaxRenderedLength(WIDTH)
        .setConsumer(new StatusLine(terminal, WIDTH))
        .build();
  }
}
