package dev.segue.data;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows of a Parquet file; the line of a record is its row.
final class ParquetCursor implements RecordCursor {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final ParquetFileReader reader;
  private final RowReader rows;
  private final List<String> header;
  private final int[] columnsRead;
  private long row;

  /// Opens a file.
  ///
  /// @param wanted the only columns to read, the others being empty in every record: what is read
  ///   takes memory, some ten thousand rows at a time; with none, or none that is there, all
  ParquetCursor(Path file, Collection<String> wanted) {
    this.file = file;
    ParquetFileReader opened = null;
    try {
      opened = ParquetFileReader.open(InputFile.of(file));
      header =
          opened.getFileSchema().getRootNode().children().stream().map(SchemaNode::name).toList();
      columnsRead = columns(header, wanted);
      rows =
          opened
              .buildRowReader()
              .projection(
                  ColumnProjection.columns(
                      Arrays.stream(columnsRead).mapToObj(header::get).toArray(String[]::new)))
              .build();
      reader = opened;
    } catch (IOException | RuntimeException e) {
      close(opened);
      throw damaged(e);
    }
  }

  private static int[] columns(List<String> header, Collection<String> wanted) {
    int[] found =
        IntStream.range(0, header.size())
            .filter(column -> wanted.contains(header.get(column)))
            .toArray();
    return found.length == 0 ? IntStream.range(0, header.size()).toArray() : found;
  }

  static boolean isParquet(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException e) {
      // Whoever reads the file next says what is wrong with it.
      return false;
    }
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public @Nullable Cells next() {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      rows.next();
      String[] cells = new String[header.size()];
      Arrays.fill(cells, "");
      for (int i = 0; i < columnsRead.length; i++) {
        cells[columnsRead[i]] = rows.isNull(i) ? "" : CellText.of(rows.getValue(i));
      }
      return new Cells(++row, List.of(cells));
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  @Override
  public void close() {
    rows.close();
    close(reader);
  }

  private void close(@Nullable ParquetFileReader opened) {
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        throw TextInput.failure(file, e);
      }
    }
  }

  private DataException damaged(Exception e) {
    return new DataException(
        "%s: not a readable Parquet file, after row %d: %s"
            .formatted(file, row, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
        e);
  }
}
