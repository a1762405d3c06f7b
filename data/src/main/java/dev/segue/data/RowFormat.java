package dev.segue.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;

/// Ways to write rows with named columns as text.
enum RowFormat {
  CSV(','),
  TSV('\t'),
  JSON_LINES('{');

  private final char separator;

  RowFormat(char separator) {
    this.separator = separator;
  }

  /// Takes rows; what it buffers is written at the end.
  interface Output {
    void write(List<String> cells) throws IOException;

    void end() throws IOException;
  }

  /// Starts a file with its header.
  Output open(BufferedWriter out, List<String> header) {
    if (this == JSON_LINES) {
      return new JsonLines(out, header);
    }
    CsvWriter csv =
        CsvWriter.builder().fieldSeparator(separator).lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(header);
    return new Delimited(csv);
  }

  private record Delimited(CsvWriter csv) implements Output {
    @Override
    public void write(List<String> cells) {
      csv.writeRecord(cells);
    }

    @Override
    public void end() throws IOException {
      csv.flush();
    }
  }

  /// One object a line; an empty cell is null, so that every line has every name.
  private record JsonLines(BufferedWriter out, List<String> header) implements Output {
    @Override
    public void write(List<String> cells) throws IOException {
      for (int i = 0; i < cells.size(); i++) {
        out.append(i == 0 ? "{" : ", ").append(JsonText.quote(header.get(i))).append(": ");
        out.append(cells.get(i).isEmpty() ? "null" : JsonText.quote(cells.get(i)));
      }
      out.append("}\n");
    }

    @Override
    public void end() {}
  }
}
