package dev.segue.server.cli;

import dev.segue.data.fetch.FetchProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a download on standard error: a bar where somebody looks, else a plain line now and then.
final class DownloadBar implements FetchProgress, AutoCloseable {
  private static final long PLAIN_LINE_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final int WIDTH = 100;
  private static final long MEGABYTE = 1_000_000;

  private final Terminal terminal;
  private final String name;
  private @Nullable ProgressBar bar;
  private long totalBytes;
  private long lastPlainLine = System.nanoTime();

  DownloadBar(Terminal terminal, String name) {
    this.terminal = terminal;
    this.name = name;
  }

  @Override
  public void started(long bytes, long total) {
    hide();
    totalBytes = total;
    if (bytes > 0) {
      terminal.tell(String.format(Locale.ROOT, "%s: continues after %,d bytes", name, bytes));
    }
    if (terminal.isInteractive()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(total)
              .startsFrom(bytes, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" MB", MEGABYTE)
              .setUpdateIntervalMillis(200)
              .setMaxRenderedLength(WIDTH)
              .showSpeed()
              .setConsumer(new StatusLine(terminal, WIDTH))
              .build();
    }
  }

  @Override
  public void received(long bytes) {
    if (bar != null) {
      bar.stepTo(bytes);
    } else if (System.nanoTime() - lastPlainLine > PLAIN_LINE_NANOS) {
      lastPlainLine = System.nanoTime();
      terminal.tell(
          totalBytes < 0
              ? String.format(Locale.ROOT, "%s: %,d bytes", name, bytes)
              : String.format(Locale.ROOT, "%s: %,d of %,d bytes", name, bytes, totalBytes));
    }
  }

  @Override
  public void retrying(Duration pause, String reason) {
    hide();
    terminal.tell(
        pause.isZero()
            ? "%s: %s; trying again".formatted(name, reason)
            : String.format(
                Locale.ROOT,
                "%s: %s; trying again in %.0f s",
                name,
                reason,
                Math.max(1, pause.toMillis() / 1000.0)));
  }

  @Override
  public void close() {
    hide();
  }

  /// Removes the bar, so that a line can be printed.
  void hide() {
    if (bar != null) {
      bar.close();
      bar = null;
      terminal.clearStatus();
    }
  }
}
