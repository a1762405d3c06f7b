package dev.segue.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file of rows with named columns: delimited text, JSON Lines or Parquet, read row by row.
final class Table implements AutoCloseable {
  private static final char[] SEPARATORS = {',', '\t', ';', '|'};
  private static final int LONGEST_HEADER = 400;

  private final Path file;
  private final RecordCursor cursor;
  private final List<String> header;
  private final RejectedRows rejected;
  private long rowsRead;

  private Table(Path file, RecordCursor cursor, RejectedRows rejected) {
    this.file = file;
    this.cursor = cursor;
    this.rejected = rejected;
    this.header = checked(file, cursor.header());
  }

  /// Opens a file, its format told by content; one that is empty, or not a table, is a
  /// [DataException].
  ///
  /// @param file CSV, JSON Lines or Parquet
  /// @param wanted the columns that will be asked for; others may be left empty
  /// @param rejected takes rows of another width than the header
  static Table open(Path file, Collection<String> wanted, RejectedRows rejected) {
    if (ParquetCursor.isParquet(file)) {
      return of(file, new ParquetCursor(file, wanted), rejected);
    }
    BufferedReader text = TextInput.open(file);
    String first = TextInput.peekLine(text, file);
    return first.startsWith("{")
        ? ofJsonLines(file, text, rejected)
        : ofText(file, text, separator(first, wanted), rejected);
  }

  static Table ofParquet(Path file, RejectedRows rejected) {
    return of(file, new ParquetCursor(file, List.of()), rejected);
  }

  static Table ofText(Path file, BufferedReader text, char separator, RejectedRows rejected) {
    return opening(text, () -> of(file, new CsvCursor(file, text, separator), rejected));
  }

  static Table ofJsonLines(Path file, BufferedReader text, RejectedRows rejected) {
    return opening(text, () -> of(file, new JsonLinesCursor(file, text), rejected));
  }

  List<String> header() {
    return header;
  }

  /// Returns the number of a column by its exact name, or -1.
  int column(String name) {
    return header.indexOf(name);
  }

  /// Returns the number of a column; its absence is an error that lists the columns found.
  int requiredColumn(String name) {
    int column = column(name);
    if (column < 0) {
      throw missing(name, "expected a column of this name");
    }
    return column;
  }

  DataException missing(String name, String expected) {
    return new DataException(
        "%s: %s: no such column, %s; columns found: %s".formatted(file, name, expected, found()));
  }

  /// Returns the next row with as many cells as the header, or null at the end; rows of another
  /// width are rejected.
  @Nullable Row next() {
    while (true) {
      RecordCursor.Cells cells = cursor.next();
      if (cells == null) {
        return null;
      }
      rowsRead++;
      var row = new Row(cells);
      if (cells.cells().size() == header.size()) {
        return row;
      }
      String problem =
          "wrong number of cells, expected %d, got %d"
              .formatted(header.size(), cells.cells().size());
      row.reject(new BadCellException("row", problem, cells.cells().getFirst()));
    }
  }

  /// Returns the number of rows so far, rejected ones included.
  long rowsRead() {
    return rowsRead;
  }

  @Override
  public void close() {
    cursor.close();
  }

  /// Returns the separator with which most of the columns are found; a comma where none is better.
  private static char separator(String header, Collection<String> wanted) {
    char best = ',';
    long most = -1;
    for (char separator : SEPARATORS) {
      long found =
          Arrays.stream(header.replace("\"", "").split(Pattern.quote("" + separator), -1))
              .map(String::strip)
              .filter(wanted::contains)
              .count();
      if (found > most) {
        most = found;
        best = separator;
      }
    }
    return best;
  }

  @FunctionalInterface
  private interface Opening {
    Table open();
  }

  private static Table opening(BufferedReader text, Opening opening) {
    try {
      return opening.open();
    } catch (RuntimeException e) {
      try {
        text.close();
      } catch (IOException close) {
        e.addSuppressed(close);
      }
      throw e;
    }
  }

  private static Table of(Path file, RecordCursor cursor, RejectedRows rejected) {
    try {
      return new Table(file, cursor, rejected);
    } catch (RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  private static List<String> checked(Path file, List<String> names) {
    Set<String> distinct = new HashSet<>();
    for (String name : names) {
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw new DataException(
            file + ": not a text table: the first line holds control characters");
      }
      if (!name.isEmpty() && !distinct.add(name)) {
        throw new DataException(
            "%s: header: column \"%s\" occurs twice, expected distinct names"
                .formatted(file, name));
      }
    }
    return names;
  }

  private String found() {
    String names = String.join(", ", header);
    return names.length() <= LONGEST_HEADER ? names : names.substring(0, LONGEST_HEADER) + "…";
  }

  /// One row.
  final class Row {
    private final RecordCursor.Cells cells;

    private Row(RecordCursor.Cells cells) {
      this.cells = cells;
    }

    String file() {
      return file.toString();
    }

    long line() {
      return cells.line();
    }

    /// Returns a cell, or "" where the column is -1.
    String cell(int column) {
      return column < 0 ? "" : cells.cells().get(column);
    }

    List<String> cells() {
      return cells.cells();
    }

    void reject(BadCellException e) {
      rejected.reject(e.in(this));
    }
  }
}
