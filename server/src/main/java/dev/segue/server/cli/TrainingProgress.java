package dev.segue.server.cli;

import dev.segue.engine.EpochResult;
import dev.segue.engine.TrainingListener;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a training run on standard error: a bar while an epoch runs and a row of a table after it;
/// where nobody looks, a plain line now and then instead of the bar.
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private static final long PLAIN_LINE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int WIDTH = 100;

  private final Terminal terminal;
  private final BooleanSupplier stop;
  private @Nullable Plan plan;
  private @Nullable ProgressBar bar;
  private boolean headed;
  private long lastPlainLine;

  TrainingProgress(Terminal terminal, BooleanSupplier stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  /// Returns what the training was going to do, or null when it did not get that far.
  @Nullable Plan plan() {
    return plan;
  }

  @Override
  public void started(Plan started) {
    plan = started;
    lastPlainLine = System.nanoTime();
    terminal.tell(
        String.format(
            Locale.ROOT,
            "Training %,d items on %,d sessions (%,d targets), %,d more to validate, %,d parameters,"
                + " on %s.",
            started.items(),
            started.trainSessions(),
            started.eventsPerEpoch(),
            started.validationSessions(),
            started.parameters(),
            started.backend()));
  }

  @Override
  public void progressed(Progress progress) {
    if (terminal.isInteractive()) {
      ProgressBar shown = bar == null ? newBar(progress) : bar;
      bar = shown;
      shown.setExtraMessage(
          String.format(
              Locale.ROOT,
              " %,.0f events/s, loss %.4f",
              progress.eventsPerSecond(),
              progress.meanLoss()));
      shown.stepTo(progress.events());
    } else if (System.nanoTime() - lastPlainLine > PLAIN_LINE_NANOS) {
      lastPlainLine = System.nanoTime();
      terminal.tell(plainLine(progress));
    }
  }

  @Override
  public void epochFinished(EpochResult result) {
    close();
    lastPlainLine = System.nanoTime();
    if (!headed) {
      terminal.tell("epoch  train loss  %15s   events/s   seconds".formatted(validation(plan)));
      headed = true;
    }
    terminal.tell(
        String.format(
            Locale.ROOT,
            "%5d  %10.4f  %15s  %,9.0f  %8.1f%s",
            result.epoch(),
            result.trainLoss(),
            loss(result.validationLoss()),
            result.eventsPerSecond(),
            result.seconds(),
            result.best() && !Double.isNaN(result.validationLoss()) ? "  best" : ""));
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

  /// Names what is measured after an epoch.
  static String validation(@Nullable Plan plan) {
    String measure = plan == null ? "loss" : plan.validationMeasure();
    return "validation " + measure;
  }

  /// Formats a loss, which is absent without validation.
  static String loss(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private ProgressBar newBar(Progress progress) {
    return new ProgressBarBuilder()
        .setTaskName("Epoch " + epochOf(progress))
        .setInitialMax(progress.eventsPerEpoch())
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setMaxRenderedLength(WIDTH)
        .setConsumer(new StatusLine(terminal, WIDTH))
        .build();
  }

  private String plainLine(Progress progress) {
    long left = progress.eventsPerEpoch() - progress.events();
    return String.format(
        Locale.ROOT,
        "epoch %s: %,d of %,d events, %,.0f events/s, loss %.4f, %,.0f s left in this epoch",
        epochOf(progress),
        progress.events(),
        progress.eventsPerEpoch(),
        progress.eventsPerSecond(),
        progress.meanLoss(),
        left / Math.max(1, progress.eventsPerSecond()));
  }

  private String epochOf(Progress progress) {
    return plan == null
        ? String.valueOf(progress.epoch())
        : progress.epoch() + "/" + plan.maxEpochs();
  }
}
