package dev.segue.data;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a Parquet file; the line of a record is its row.
final class ParquetCursor implements RecordCursor {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final ParquetFileReader reader;
  private final RowReader rows;
  private final List<String> header;
  private long row;

  ParquetCursor(Path file) {
    this.file = file;
    ParquetFileReader opened = null;
    try {
      opened = ParquetFileReader.open(InputFile.of(file));
      header =
          opened.getFileSchema().getRootNode().children().stream().map(SchemaNode::name).toList();
      rows = opened.rowReader();
      reader = opened;
    } catch (IOException | RuntimeException e) {
      close(opened);
      throw damaged(e);
    }
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
      List<String> cells = new ArrayList<>(header.size());
      for (int column = 0; column < header.size(); column++) {
        cells.add(rows.isNull(column) ? "" : CellText.of(rows.getValue(column)));
      }
      return new Cells(++row, cells);
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
