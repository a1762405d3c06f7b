package dev.segue.benchmarks.gpu;

import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Numbers that both sides start from, in files of plain 32-bit little-endian words.
final class Inputs {
  private static final int PIECE = 1 << 20;

  private Inputs() {}

  /// Writes a tensor, row by row.
  static void write(Path file, Tensor tensor) throws IOException {
    int step = Math.max(1, PIECE / tensor.columns());
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int row = 0; row < tensor.rows(); row += step) {
        int rows = Math.min(step, tensor.rows() - row);
        FloatBuffer values = FloatBuffer.allocate(rows * tensor.columns());
        tensor.read(row, values);
        ByteBuffer bytes =
            ByteBuffer.allocate(values.capacity() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values.rewind());
        out.write(bytes.array());
      }
    }
  }

  /// Writes whole numbers.
  static void write(Path file, int[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    try {
      Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fills a tensor with uniform numbers, a piece at a time.
  static void fill(Tensor tensor, double bound, long seed) {
    Random random = new Random(seed);
    int step = Math.max(1, PIECE / tensor.columns());
    for (int row = 0; row < tensor.rows(); row += step) {
      int rows = Math.min(step, tensor.rows() - row);
      float[] values = new float[rows * tensor.columns()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextFloat() - 1) * bound);
      }
      tensor.write(row, FloatBuffer.wrap(values));
    }
  }

  /// Draws item numbers.
  static int[] items(int count, int bound, long seed) {
    return new Random(seed).ints(count, 0, bound).toArray();
  }
}
