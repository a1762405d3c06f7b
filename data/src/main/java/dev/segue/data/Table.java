package dev.segue.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A delimited text file with a header, read row by row after RFC 4180: quotes must close and
/// nothing may follow a closing quote, cells may span lines, a byte order mark is skipped.
final class Table implements AutoCloseable {
  private static final int LONGEST_HEADER = 400;

  private final Path file;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<String> header;
  private final RejectedRows rejected;
  private int rowsRead;

  private Table(Path file, BufferedReader text, char separator, RejectedRows rejected) {
    this.file = file;
    this.rejected = rejected;
    this.reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .skipEmptyLines(true)
            .ofCsvRecord(text);
    this.records = reader.iterator();
    this.header = readHeader();
  }

  /// Opens a file; one that is empty, or not a table of text, is a [DataException].
  static Table open(Path file, char separator, RejectedRows rejected) {
    return of(file, TextInput.open(file), separator, rejected);
  }

  static Table of(Path file, BufferedReader text, char separator, RejectedRows rejected) {
    try {
      return new Table(file, text, separator, rejected);
    } catch (RuntimeException e) {
      try {
        text.close();
      } catch (IOException close) {
        e.addSuppressed(close);
      }
      throw e;
    }
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
      CsvRecord record = nextRecord();
      if (record == null) {
        return null;
      }
      rowsRead++;
      var row = new Row(record);
      if (record.getFieldCount() == header.size()) {
        return row;
      }
      rejected.reject(
          new RejectedRow(
              row.file(),
              row.line(),
              "row",
              "wrong number of cells, expected %d, got %d"
                  .formatted(header.size(), record.getFieldCount()),
              record.getField(0),
              record.getFields()));
    }
  }

  /// Returns the number of rows so far, rejected ones included.
  int rowsRead() {
    return rowsRead;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw TextInput.failure(file, e);
    }
  }

  private List<String> readHeader() {
    CsvRecord first = nextRecord();
    if (first == null) {
      throw new DataException(file + ": empty, expected a header line");
    }
    List<String> names = first.getFields().stream().map(String::strip).toList();
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

  private @Nullable CsvRecord nextRecord() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      if (e.getCause() instanceof DataException cause) {
        throw cause;
      }
      throw new DataException("%s: not valid CSV: %s".formatted(file, rootMessage(e)), e);
    } catch (UncheckedIOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(file, rootMessage(e)), e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null || cause.getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getMessage() + ": " + cause.getMessage();
  }

  private String found() {
    String names = String.join(", ", header);
    return names.length() <= LONGEST_HEADER ? names : names.substring(0, LONGEST_HEADER) + "…";
  }

  /// One row.
  final class Row {
    private final CsvRecord csv;

    private Row(CsvRecord csv) {
      this.csv = csv;
    }

    String file() {
      return file.toString();
    }

    long line() {
      return csv.getStartingLineNumber();
    }

    /// Returns a cell, or "" where the column is -1.
    String cell(int column) {
      return column < 0 ? "" : csv.getField(column);
    }

    List<String> cells() {
      return csv.getFields();
    }

    void reject(BadCellException e) {
      rejected.reject(e.in(this));
    }
  }
}
