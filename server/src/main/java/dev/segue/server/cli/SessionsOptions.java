package dev.segue.server.cli;

import dev.segue.data.ColumnMapping;
import dev.segue.data.RejectionCount;
import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/// The options that name a session log.
final class SessionsOptions {
  @Option(
      names = "--sessions",
      required = true,
      paramLabel = "FILE",
      description =
          "Click log: CSV or TSV with a header, JSON Lines, Parquet, text with one session of item ids"
              + " a line, or a .segue-log, which is mapped and not read.")
  private Path file = Path.of("");

  @Option(
      names = "--columns",
      paramLabel = "KEY=NAME,...",
      description =
          "Names of columns that are not recognised: session=SessionId,item=ItemId,time=Time and"
              + " so on; keys: session, item, time, action, dwell.")
  private String columns = "";

  @Option(
      names = "--skip-bad-rows",
      description = "Leave out rows that cannot be used and count them, instead of stopping.")
  private boolean skipBadRows;

  /// Returns the file that was named.
  Path file() {
    return file;
  }

  /// Reads the log; says how many rows were left out.
  SessionLog read(Terminal terminal) {
    ColumnMapping mapping = columns.isBlank() ? ColumnMapping.none() : ColumnMapping.parse(columns);
    if (!skipBadRows) {
      return SessionLogs.read(file, mapping);
    }
    RejectionCount rejected = new RejectionCount();
    SessionLog log = SessionLogs.read(file, mapping, rejected);
    if (rejected.count() > 0) {
      terminal.tell(
          String.format(
              Locale.ROOT,
              "warning: %,d rows were left out; the first: %s",
              rejected.count(),
              rejected.examples().getFirst().message()));
    }
    return log;
  }
}
