package dev.segue.server.cli;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Logging of the command line: one quiet line per record on standard error, Segue's own from INFO
/// on and everything else (Jetty, Javalin) from WARNING on.
final class Logging {
  /// Loggers are held weakly, and one that is collected forgets its level.
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger SEGUE = Logger.getLogger("dev.segue");

  /// Says which backend was chosen, which commands that compute say themselves.
  private static final Logger KERNELS = Logger.getLogger("dev.segue.kernels");

  private Logging() {}

  /// Sends all records to a terminal.
  ///
  /// @param verbose whether to show what helps to find out what happens, too
  /// @param traces whether to print stack traces
  static void configure(Terminal terminal, boolean verbose, boolean traces) {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    ROOT.addHandler(new LineHandler(terminal, verbose, traces));
    ROOT.setLevel(verbose ? Level.INFO : Level.WARNING);
    SEGUE.setLevel(verbose ? Level.FINE : Level.INFO);
    KERNELS.setLevel(verbose ? Level.FINE : Level.WARNING);
  }

  private static final class LineHandler extends Handler {
    private final Terminal terminal;
    private final boolean withNames;
    private final boolean traces;

    LineHandler(Terminal terminal, boolean withNames, boolean traces) {
      this.terminal = terminal;
      this.withNames = withNames;
      this.traces = traces;
      setFormatter(new LineFormatter());
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        terminal.tell(getFormatter().format(record));
        Throwable thrown = record.getThrown();
        if (traces && thrown != null) {
          terminal.tell(StackTrace.of(thrown));
        }
      }
    }

    @Override
    public void flush() {
      terminal.err().flush();
    }

    @Override
    public void close() {
      flush();
    }

    private final class LineFormatter extends Formatter {
      @Override
      public String format(LogRecord record) {
        StringBuilder line = new StringBuilder();
        if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
          line.append("error: ");
        } else if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
          line.append("warning: ");
        }
        if (withNames) {
          line.append(shortName(record.getLoggerName())).append(": ");
        }
        line.append(formatMessage(record));
        if (record.getThrown() != null) {
          line.append(": ").append(record.getThrown());
        }
        return line.toString().strip().replaceAll("\\s*\\R\\s*", " ");
      }
    }
  }

  private static String shortName(@Nullable String logger) {
    return logger == null ? "log" : logger.substring(logger.lastIndexOf('.') + 1);
  }
}
