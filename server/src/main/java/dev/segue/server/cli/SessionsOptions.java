package dev.segue.server.cli;

import dev.segue.data.ColumnMapping;
import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The options that name a session log.
final class SessionsOptions {
  @Option(
      names = "--sessions",
      required = true,
      paramLabel = "FILE",
      description =
          "Click log: CSV or TSV with a header, or text with one session of item ids a line.")
  private Path file = Path.of("");

  @Option(
      names = "--columns",
      paramLabel = "KEY=NAME,...",
      description =
          "Names of columns that are not recognised: session=SessionId,item=ItemId,time=Time and"
              + " so on; keys: session, item, time, action, dwell.")
  private String columns = "";

  /// Returns the file that was named.
  Path file() {
    return file;
  }

  /// Reads the log.
  SessionLog read() {
    ColumnMapping mapping = columns.isBlank() ? ColumnMapping.none() : ColumnMapping.parse(columns);
    return SessionLogs.read(file, mapping);
  }
}
