package dev.segue.data;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Collects the values of one column and packs them into pages: values in Parquet's `PLAIN`
/// encoding, packed with Zstandard, whose window finds the repetition that a dictionary would.
final class ParquetColumn {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int ZSTD = 6;
  private static final int DATA_PAGE = 0;

  private final String name;
  private final ParquetType type;
  private final boolean optional;
  private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
  private ByteBuffer values = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private byte[] present = new byte[1 << 10];
  private int rowsInPage;
  private int rows;
  private long plainBytes;

  ParquetColumn(String name, ParquetType type, boolean optional) {
    this.name = name;
    this.type = type;
    this.optional = optional;
  }

  void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    reserve(Integer.BYTES + bytes.length);
    values.putInt(bytes.length).put(bytes);
    endValue(true);
  }

  void number(long value) {
    reserve(Long.BYTES);
    if (type == ParquetType.INT) {
      values.putInt(Math.toIntExact(value));
    } else {
      values.putLong(value);
    }
    endValue(true);
  }

  void number(double value) {
    reserve(Double.BYTES);
    values.putDouble(value);
    endValue(true);
  }

  /// Adds a row without a value.
  void missing() {
    endValue(false);
  }

  /// Returns how many bytes wait to be written.
  long bytes() {
    return pages.size() + (long) values.position();
  }

  /// Writes the pages as a chunk of a row group and returns its `ColumnChunk`.
  byte[] writeChunk(OutputStream out, long offset) throws IOException {
    endPage();
    pages.writeTo(out);
    int valueCount = rows;
    long packedBytes = pages.size();
    long unpackedBytes = plainBytes;
    pages.reset();
    rows = 0;
    plainBytes = 0;
    return ThriftCompact.struct(chunk ->
        chunk
            .i64(2, offset)
            .struct(
                3,
                meta ->
                    meta.i32(1, type.physical)
                        .i32s(2, PLAIN, RLE)
                        .texts(3, name)
                        .i32(4, ZSTD)
                        .i64(5, valueCount)
                        .i64(6, unpackedBytes)
                        .i64(7, packedBytes)
                        .i64(9, offset)));
  }

  /// Returns the column's `SchemaElement`.
  byte[] schema() {
    return ThriftCompact.struct(element -> {
      element.i32(1, type.physical).i32(3, optional ? 1 : 0).text(4, name);
      if (type.converted >= 0) {
        element.i32(6, type.converted);
      }
      if (type == ParquetType.TEXT) {
        element.struct(10, logical -> logical.struct(1, string -> {}));
      } else if (type == ParquetType.TIME) {
        element.struct(
            10,
            logical ->
                logical.struct(
                    8, time -> time.truth(1, true).struct(2, unit -> unit.struct(1, m -> {}))));
      }
    });
  }

  private void reserve(int bytes) {
    if (values.remaining() < bytes) {
      int capacity = Math.max(values.capacity() * 2, Math.addExact(values.position(), bytes));
      values = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(values.flip());
    }
  }

  private void endValue(boolean isPresent) {
    if (rowsInPage >> 3 >= present.length) {
      present = Arrays.copyOf(present, present.length * 2);
    }
    if (isPresent) {
      present[rowsInPage >> 3] |= (byte) (1 << (rowsInPage & 7));
    }
    rowsInPage++;
    rows++;
    if (values.position() >= PAGE_BYTES) {
      endPage();
    }
  }

  private void endPage() {
    if (rowsInPage == 0) {
      return;
    }
    byte[] levels = optional ? levels() : new byte[0];
    byte[] plain = Arrays.copyOf(levels, levels.length + values.position());
    values.flip().get(plain, levels.length, plain.length - levels.length);
    byte[] packed = Zstd.compress(plain);
    int valueCount = rowsInPage;
    byte[] header =
        ThriftCompact.struct(page ->
            page.i32(1, DATA_PAGE)
                .i32(2, plain.length)
                .i32(3, packed.length)
                .struct(5, data -> data.i32(1, valueCount).i32(2, PLAIN).i32(3, RLE).i32(4, RLE)));
    pages.writeBytes(header);
    pages.writeBytes(packed);
    plainBytes += header.length + plain.length;
    values.clear();
    Arrays.fill(present, (byte) 0);
    rowsInPage = 0;
  }

  /// Definition levels, one bit a row, as one bit-packed run of Parquet's hybrid encoding with its
  /// length before it.
  private byte[] levels() {
    int groups = (rowsInPage + 7) >> 3;
    var run = new ByteArrayOutputStream(groups + 5);
    ThriftCompact.varint((groups << 1) | 1, run);
    run.write(present, 0, groups);
    return ByteBuffer.allocate(Integer.BYTES + run.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(run.size())
        .put(run.toByteArray())
        .array();
  }
}
