package dev.segue.engine.files;

import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes safetensors files in chunks, so that memory does not grow with the tensors. The same
/// tensors give the same bytes.
public final class SafetensorsWriter {
  private static final int CHUNK_BYTES = 4 << 20;

  private SafetensorsWriter() {}

  /// Writes tensors, in the order given, and forces them to the disk.
  ///
  /// @param file to write; replaced if it is there
  /// @param tensors with distinct names
  /// @param metadata entries for the header
  public static void write(Path file, List<TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    List<TensorEntry> entries = new ArrayList<>();
    long end = 0;
    for (TensorData tensor : tensors) {
      long begin = end;
      end += Integer.BYTES * elements(tensor.shape());
      String type = tensor instanceof TensorData.Floats ? TensorEntry.F32 : TensorEntry.I32;
      entries.add(new TensorEntry(tensor.name(), type, tensor.shape(), begin, end));
    }
    byte[] header = SafetensorsHeader.bytes(entries, metadata);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer start = little(Long.BYTES + header.length).putLong(header.length).put(header);
      writeAll(channel, start.flip());
      for (TensorData tensor : tensors) {
        switch (tensor) {
          case TensorData.Floats floats -> writeFloats(channel, floats.tensor());
          case TensorData.Ints ints -> writeInts(channel, ints.values());
        }
      }
      channel.force(true);
    }
  }

  private static long elements(long[] shape) {
    long elements = 1;
    for (long size : shape) {
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }

  private static void writeFloats(FileChannel channel, Tensor tensor) throws IOException {
    int rowBytes = Math.multiplyExact(tensor.columns(), Float.BYTES);
    int step = Math.max(1, CHUNK_BYTES / Math.max(1, rowBytes));
    ByteBuffer chunk = little(Math.min(step, tensor.rows()) * rowBytes);
    for (int row = 0; row < tensor.rows(); row += step) {
      chunk.clear().limit(Math.min(step, tensor.rows() - row) * rowBytes);
      tensor.read(row, chunk.asFloatBuffer());
      writeAll(channel, chunk);
    }
  }

  private static void writeInts(FileChannel channel, int[] values) throws IOException {
    int step = CHUNK_BYTES / Integer.BYTES;
    ByteBuffer chunk = little(Math.min(step, values.length) * Integer.BYTES);
    for (int i = 0; i < values.length; i += step) {
      int count = Math.min(step, values.length - i);
      chunk.clear().limit(count * Integer.BYTES);
      chunk.asIntBuffer().put(values, i, count);
      writeAll(channel, chunk);
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
