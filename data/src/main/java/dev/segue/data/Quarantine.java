package dev.segue.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Keeps every row that a reader rejects in a file, with its reason, so that it can be mended and
/// read again.
public final class Quarantine {
  private static final List<String> HEADER =
      List.of("File", "Line", "Column", "Problem", "Value", "Row");

  private Quarantine() {}

  /// Returns what the reading returns, and writes the rows it rejects as CSV: `File, Line, Column,
  /// Problem, Value` and the whole `Row` as one cell of CSV. The file appears when the reading ends
  /// well, with its header alone if no row was rejected.
  ///
  /// @param file the file to write
  /// @param reading reads with the [RejectedRows] it is given
  /// @param <T> what is read
  public static <T> T around(Path file, Function<RejectedRows, T> reading) {
    AtomicReference<T> result = new AtomicReference<>();
    WholeFile.write(
        file,
        out -> {
          RowFormat.Output rows = RowFormat.CSV.open(out, HEADER);
          result.set(reading.apply(row -> write(row, rows)));
          rows.end();
        });
    return result.get();
  }

  private static void write(RejectedRow row, RowFormat.Output rows) {
    try {
      rows.write(
          List.of(
              row.file(),
              Long.toString(row.line()),
              row.column(),
              row.problem(),
              row.value(),
              asCsv(row.cells())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String asCsv(List<String> cells) throws IOException {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(cells);
    }
    return text.toString().stripTrailing();
  }
}
