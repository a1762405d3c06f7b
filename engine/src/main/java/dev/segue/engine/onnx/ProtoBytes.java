package dev.segue.engine.onnx;

import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/// Bytes that are made while they are written.
interface ProtoBytes {
  /// Returns how many there are.
  long length();

  /// Writes them at the channel's position.
  void writeTo(FileChannel channel) throws IOException;

  /// Returns the bytes of a buffer.
  static ProtoBytes of(ByteBuffer buffer) {
    ByteBuffer bytes = buffer.slice();
    return new ProtoBytes() {
      @Override
      public long length() {
        return bytes.limit();
      }

      @Override
      public void writeTo(FileChannel channel) throws IOException {
        writeAll(channel, bytes.duplicate());
      }
    };
  }

  /// Returns the numbers of a tensor, little-endian, row by row; they are read in chunks.
  static ProtoBytes of(Tensor tensor) {
    int rowBytes = Math.multiplyExact(tensor.columns(), Float.BYTES);
    int step = Math.max(1, (4 << 20) / rowBytes);
    return new ProtoBytes() {
      @Override
      public long length() {
        return tensor.size() * Float.BYTES;
      }

      @Override
      public void writeTo(FileChannel channel) throws IOException {
        int most = Math.min(step, tensor.rows());
        ByteBuffer chunk =
            ByteBuffer.allocateDirect(most * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < tensor.rows(); row += step) {
          chunk.clear().limit(Math.min(step, tensor.rows() - row) * rowBytes);
          tensor.read(row, chunk.asFloatBuffer());
          writeAll(channel, chunk);
        }
      }
    };
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
