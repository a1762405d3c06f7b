package dev.segue.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes a flat table as Apache Parquet: the format's first page version, plain values, packed
/// with Zstandard, which every current reader knows. hardwood, with which Parquet is read, does not
/// write, and the writer of parquet-java needs Hadoop's classes; see the module's README.
///
/// Rows are kept until a row group is full, some 16 MB packed. Source: `parquet.thrift` and
/// `Encodings.md` of apache/parquet-format 2.
final class ParquetOutput {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final long GROUP_BYTES = 16L << 20;

  private final OutputStream out;
  private final List<ParquetColumn> columns;
  private final List<byte[]> groups = new ArrayList<>();
  private long offset;
  private long rows;
  private long rowsInGroup;

  ParquetOutput(OutputStream out, List<ParquetColumn> columns) throws IOException {
    this.out = out;
    this.columns = List.copyOf(columns);
    write(MAGIC);
  }

  /// Ends a row, after each column got its value or was told that there is none.
  void endRow() throws IOException {
    rowsInGroup++;
    // Looking at every row would take longer than the rows.
    if ((rowsInGroup & 0x3FF) == 0
        && columns.stream().mapToLong(ParquetColumn::bytes).sum() >= GROUP_BYTES) {
      endGroup();
    }
  }

  /// Writes what is left and the footer; the stream stays open.
  void finish() throws IOException {
    if (rowsInGroup > 0) {
      endGroup();
    }
    byte[] footer = footer();
    write(footer);
    write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(footer.length)
            .array());
    write(MAGIC);
  }

  private void endGroup() throws IOException {
    long start = offset;
    List<byte[]> chunks = new ArrayList<>();
    var counted = new Counted();
    for (ParquetColumn column : columns) {
      chunks.add(column.writeChunk(counted, offset));
    }
    long bytes = offset - start;
    long count = rowsInGroup;
    groups.add(
        ThriftCompact.struct(
            group -> group.structs(1, chunks, chunks.size()).i64(2, bytes).i64(3, count)));
    rows += rowsInGroup;
    rowsInGroup = 0;
  }

  private byte[] footer() {
    List<byte[]> schema = new ArrayList<>();
    schema.add(ThriftCompact.struct(root -> root.text(4, "schema").i32(5, columns.size())));
    columns.forEach(column -> schema.add(column.schema()));
    return ThriftCompact.struct(file ->
        file.i32(1, 1)
            .structs(2, schema, schema.size())
            .i64(3, rows)
            .structs(4, groups, groups.size())
            .text(6, "segue"));
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    offset += bytes.length;
  }

  /// Counts what the columns write.
  private final class Counted extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      ParquetOutput.this.write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      offset += length;
    }
  }
}
