package dev.segue.engine.files;

import dev.segue.kernels.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.IntStream;

/// Reads safetensors files. The header is checked when the file is opened; tensors are read in
/// pieces of rows, by several threads.
public final class SafetensorsReader implements AutoCloseable {
  /// What one thread reads at a time.
  private static final int TASK_BYTES = 8 << 20;

  private static final int PIECE_BYTES = 1 << 18;

  /// What an array holds at most.
  private static final int MAX_INTS = Integer.MAX_VALUE - 8;

  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, TensorEntry> entries;

  private SafetensorsReader(FileChannel channel, long dataStart, Map<String, TensorEntry> entries) {
    this.channel = channel;
    this.dataStart = dataStart;
    this.entries = entries;
  }

  /// Opens a file and checks its header against the file's length.
  public static SafetensorsReader open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw new IOException("too short for a header, expected 8 bytes or more, got " + size);
      }
      long length = read(channel, 0, Long.BYTES).getLong();
      if (length < 2 || length > Math.min(SafetensorsHeader.MAX_LENGTH, size - Long.BYTES)) {
        throw new IOException(
            "header length, expected 2 to %d, got %s"
                .formatted(
                    Math.min(SafetensorsHeader.MAX_LENGTH, size - Long.BYTES),
                    Long.toUnsignedString(length)));
      }
      byte[] header = new byte[(int) length];
      read(channel, Long.BYTES, header.length).get(header);
      long dataStart = Long.BYTES + length;
      return new SafetensorsReader(
          channel, dataStart, SafetensorsHeader.parse(header, size - dataStart));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Returns the tensors by name, in the order of the header.
  public Map<String, TensorEntry> entries() {
    return Map.copyOf(entries);
  }

  /// Reads a tensor of floats into one of the same number of elements.
  ///
  /// @param shape the shape that the file must have
  public void read(String name, long[] shape, Tensor target) throws IOException {
    TensorEntry entry = find(name, TensorEntry.F32, shape);
    long rowBytes = (long) target.columns() * Float.BYTES;
    int step = (int) Math.max(1, TASK_BYTES / Math.max(1, rowBytes));
    int tasks = Math.ceilDiv(target.rows(), step);
    try {
      IntStream.range(0, tasks)
          .parallel()
          .forEach(task -> {
            int row = task * step;
            int rows = Math.min(step, target.rows() - row);
            readRows(dataStart + entry.begin() + row * rowBytes, row, rows, target);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Reads rows in pieces that stay in the second cache on their way from the system's memory.
  /// Mapping the file takes longer: a page that is seen once costs more than a copy of it.
  private void readRows(long position, int firstRow, int rows, Tensor target) {
    int rowBytes = Math.multiplyExact(target.columns(), Float.BYTES);
    int step = Math.max(1, PIECE_BYTES / Math.max(1, rowBytes));
    ByteBuffer piece =
        ByteBuffer.allocateDirect(Math.multiplyExact(Math.min(step, rows), rowBytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (int row = 0; row < rows; row += step) {
        piece.clear().limit(Math.min(step, rows - row) * rowBytes);
        fill(channel, position + (long) row * rowBytes, piece);
        target.write(firstRow + row, piece.flip().asFloatBuffer());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a tensor of integers in one dimension.
  public int[] readInts(String name) throws IOException {
    TensorEntry entry = entry(name);
    if (entry.elements() > MAX_INTS) {
      throw new IOException("tensor %s: too large, got %s".formatted(name, entry.description()));
    }
    find(name, TensorEntry.I32, new long[] {entry.elements()});
    int[] values = new int[(int) entry.elements()];
    ByteBuffer piece =
        ByteBuffer.allocateDirect((int) Math.min(PIECE_BYTES, entry.end() - entry.begin()))
            .order(ByteOrder.LITTLE_ENDIAN);
    int count;
    for (int from = 0; from < values.length; from += count) {
      count = Math.min(PIECE_BYTES / Integer.BYTES, values.length - from);
      piece.clear().limit(count * Integer.BYTES);
      fill(channel, dataStart + entry.begin() + (long) from * Integer.BYTES, piece);
      piece.flip().asIntBuffer().get(values, from, count);
    }
    return values;
  }

  private TensorEntry entry(String name) throws IOException {
    TensorEntry entry = entries.get(name);
    if (entry == null) {
      throw new IOException("tensor %s is missing".formatted(name));
    }
    return entry;
  }

  private TensorEntry find(String name, String type, long[] shape) throws IOException {
    TensorEntry entry = entry(name);
    String expected = new TensorEntry(name, type, shape, 0, 0).description();
    if (!entry.description().equals(expected)) {
      throw new IOException(
          "tensor %s: expected %s, got %s".formatted(name, expected, entry.description()));
    }
    return entry;
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    fill(channel, position, buffer);
    return buffer.flip();
  }

  private static void fill(FileChannel channel, long position, ByteBuffer buffer)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("file ends at byte " + (position + buffer.position()));
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
