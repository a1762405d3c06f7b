package dev.segue.data;

import java.nio.file.Path;

/// Reads and writes session logs as CSV, TSV (header recognised, `--columns` maps others) and as
/// text with one session a line (item ids separated by white space, no header).
public final class SessionLogs {
  private SessionLogs() {}

  /// Reads a log; the format follows from the content, not from the name of the file.
  public static SessionLog read(Path file) {
    return read(file, ColumnMapping.none());
  }

  /// Reads a log with a mapping of its columns.
  public static SessionLog read(Path file, ColumnMapping columns) {
    throw new UnsupportedOperationException();
  }
}
