package dev.segue.server.cli;

import me.tongfei.progressbar.ProgressBarConsumer;

/// Draws a progress bar as the terminal's status line, so that log lines do not run into it.
final class StatusLine implements ProgressBarConsumer {
  private final Terminal terminal;
  private final int width;

  StatusLine(Terminal terminal, int width) {
    this.terminal = terminal;
    this.width = width;
  }

  @Override
  public int getMaxRenderedLength() {
    return width;
  }

  @Override
  public void accept(String rendered) {
    terminal.status(rendered.stripTrailing());
  }

  @Override
  public void clear() {
    terminal.clearStatus();
  }

  @Override
  public void close() {
    terminal.clearStatus();
  }
}
