package dev.segue.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Delimited text after RFC 4180: quotes must close and nothing may follow a closing quote, cells
/// may span lines.
final class CsvCursor implements RecordCursor {
  private final Path file;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<String> header;

  CsvCursor(Path file, BufferedReader text, char separator) {
    this.file = file;
    reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .skipEmptyLines(true)
            .ofCsvRecord(text);
    records = reader.iterator();
    Cells first = next();
    if (first == null) {
      throw new DataException(file + ": empty, expected a header line");
    }
    header = first.cells().stream().map(String::strip).toList();
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public @Nullable Cells next() {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord csv = records.next();
      return new Cells(csv.getStartingLineNumber(), csv.getFields());
    } catch (CsvParseException e) {
      if (e.getCause() instanceof DataException cause) {
        throw cause;
      }
      throw new DataException("%s: not valid CSV: %s".formatted(file, message(e)), e);
    } catch (UncheckedIOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(file, message(e)), e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw TextInput.failure(file, e);
    }
  }

  private static String message(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null || cause.getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getMessage() + ": " + cause.getMessage();
  }
}
