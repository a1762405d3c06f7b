package dev.segue.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.function.Consumer;

/// Reads session logs as CSV, TSV (header recognised, `--columns` maps others), JSON Lines, Parquet
/// and text with one session a line (item ids separated by white space, no header), and writes all
/// of them. A `.segue-log` holds the columns as they lie in memory: it is mapped, so that a log of
/// any size is there at once and takes no heap.
///
/// Usual names of columns, whatever their case: `SessionId`, `session_id`, `session`; `ItemId`,
/// `item_id`, `item`, `asin`; `Time`, `timestamp`, `event_time`; `Action_Type`, `action`, `event`;
/// `dwell`, `dwell_ms`, `dwell_seconds`; a column `domain` is put before the item: `book` and
/// `0553286749` give `Book_0553286749`. The mission's `session_events.csv` is recognised by its ten
/// columns; its `Timestamp` is the item's release date, so its events have no time unless the
/// column `Event_Time` follows.
///
/// Files are read as a stream; text is UTF-8, or UTF-16 with a mark, plain, gzip or Zstandard. A
/// row that cannot be used is an error unless a [RejectedRows] takes it.
public final class SessionLogs {
  /// The end of the name of a mapped log.
  public static final String EXTENSION = ".segue-log";

  private SessionLogs() {}

  /// Reads a log; the format follows from the content, not from the name of the file.
  public static SessionLog read(Path file) {
    return read(file, ColumnMapping.none());
  }

  /// Reads a log with a mapping of its columns.
  public static SessionLog read(Path file, ColumnMapping columns) {
    return read(file, columns, RejectedRows.fail());
  }

  /// Reads a log and passes rows that cannot be used on.
  ///
  /// @param file CSV, TSV or one session a line
  /// @param columns columns whose names are not the usual ones
  /// @param rejected takes rows with a missing id, an unreadable time, too few cells
  public static SessionLog read(Path file, ColumnMapping columns, RejectedRows rejected) {
    if (LogFileReader.isLog(file)) {
      return mapped(file, columns);
    }
    SessionLog.Builder log = SessionLog.builder();
    readInto(
        log::add,
        file,
        columns,
        rejected,
        table -> new EventTable(table, columns).readInto(log::add));
    if (log.eventCount() == 0) {
      throw new DataException(file + ": no events, expected at least one after the header");
    }
    return log.build();
  }

  /// Maps a `.segue-log`; its columns have no names that could be mapped.
  static SessionLog mapped(Path file, ColumnMapping columns) {
    if (!columns.columns().isEmpty()) {
      throw new DataException(
          file + ": a .segue-log has no names of columns, expected no --columns for it");
    }
    return LogFileReader.read(file);
  }

  /// Writes a log: `.segue-log` makes a file that is mapped and not read, `.tsv` tab-separated
  /// text, `.jsonl` JSON Lines, `.parquet` Parquet, `.txt` one session a line (items alone), any
  /// other name CSV; `.gz` or `.zst` after it packs the text. Columns of all but the first are
  /// `SessionId, ItemId` and, where the log has them, `Time` (ISO-8601), `Action, DwellMillis`.
  /// What is written reads back as the same log; of text, the items do.
  public static void write(SessionLog log, Path file) {
    requireName(file);
    String name = withoutPacking(file);
    if (name.endsWith(EXTENSION)) {
      LogFileWriter.write(log, file);
      return;
    }
    var writer = new SessionLogWriter(log);
    if (name.endsWith(".txt")) {
      writer.writeLines(file);
    } else if (name.endsWith(".parquet")) {
      ParquetLog.write(log, file);
    } else if (name.endsWith(".jsonl")) {
      writer.writeTable(file, RowFormat.JSON_LINES);
    } else {
      writer.writeTable(file, name.endsWith(".tsv") ? RowFormat.TSV : RowFormat.CSV);
    }
  }

  /// Throws a [DataException] when [#write] would refuse the name of the file, so that nobody waits
  /// for a log that cannot be written.
  public static void requireName(Path file) {
    String name = withoutPacking(file);
    if (name.equals(file.toString().toLowerCase(Locale.ROOT))) {
      return;
    }
    if (name.endsWith(EXTENSION)) {
      throw new DataException(
          file
              + ": cannot be packed, since a .segue-log is mapped as it is: expected a name that"
              + " ends with "
              + EXTENSION);
    }
    if (name.endsWith(".parquet")) {
      throw new DataException(
          file + ": Parquet is packed inside, expected a name that ends with .parquet");
    }
  }

  private static String withoutPacking(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
  }

  /// Writes the mission's `session_events.csv`: the eight unified columns of each event's item,
  /// then `Session_ID, Action_Type`. A log with times or dwell gets `Event_Time` and `Dwell_Millis`
  /// after them; without, the file has exactly the ten columns.
  ///
  /// @param log the events; an item that the catalogue lacks is a [DataException]
  /// @param catalogue the items
  /// @param file the file to write
  public static void writeMission(SessionLog log, Catalogue catalogue, Path file) {
    new SessionLogWriter(log).writeMission(file, catalogue);
  }

  /// Reads a file of any format.
  ///
  /// @param events takes the events of text with one session a line
  /// @param reading takes a table
  static void readInto(
      EventSink events,
      Path file,
      ColumnMapping columns,
      RejectedRows rejected,
      Consumer<Table> reading) {
    if (ParquetCursor.isParquet(file)) {
      try (Table table = Table.ofParquet(file, rejected)) {
        reading.accept(table);
      }
      return;
    }
    try (BufferedReader text = TextInput.open(file)) {
      String first = TextInput.peekLine(text, file);
      if (first.isEmpty()) {
        throw new DataException(file + ": empty, expected a log of sessions");
      }
      if (first.startsWith("{")) {
        try (Table table = Table.ofJsonLines(file, text, rejected)) {
          reading.accept(table);
        }
        return;
      }
      char separator = LogFormat.separator(first, columns, file);
      if (separator == LogFormat.SESSION_A_LINE) {
        readLines(events, text);
        return;
      }
      try (Table table = Table.ofText(file, text, separator, rejected)) {
        reading.accept(table);
      }
    } catch (IOException e) {
      throw TextInput.failure(file, e);
    }
  }

  private static void readLines(EventSink events, BufferedReader text) throws IOException {
    long line = 0;
    for (String next = text.readLine(); next != null; next = text.readLine()) {
      String session = Long.toString(++line);
      var items = new StringTokenizer(next);
      while (items.hasMoreTokens()) {
        events.add(session, items.nextToken(), SessionLog.NO_TIME, "", -1);
      }
    }
  }
}
