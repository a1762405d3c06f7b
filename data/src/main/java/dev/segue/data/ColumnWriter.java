package dev.segue.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/// Appends numbers to a file, little-endian, and sums what it writes; an [IOException] comes as
/// [UncheckedIOException].
final class ColumnWriter {
  private final FileChannel channel;
  private final ByteBuffer buffer;
  private final CRC32C sum = new CRC32C();
  private long flushed;

  /// Starts at the end of what the channel holds.
  ColumnWriter(FileChannel channel, int bufferBytes) {
    this.channel = channel;
    buffer = ByteBuffer.allocate(bufferBytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      flushed = channel.size();
      channel.position(flushed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the length of the file with what is still in the buffer.
  long position() {
    return flushed + buffer.position();
  }

  void putByte(int value) {
    room(Byte.BYTES);
    buffer.put((byte) value);
  }

  void putInt(int value) {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  void putLong(long value) {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  void putBytes(byte[] bytes) {
    putBytes(bytes, 0, bytes.length);
  }

  void putBytes(byte[] bytes, int from, int to) {
    int done = from;
    while (done < to) {
      room(1);
      int length = Math.min(to - done, buffer.remaining());
      buffer.put(bytes, done, length);
      done += length;
    }
  }

  /// Returns the CRC-32C of what was written since the last call.
  long takeSum() {
    flush();
    long value = sum.getValue();
    sum.reset();
    return value;
  }

  void flush() {
    buffer.flip();
    sum.update(buffer.duplicate());
    flushed += buffer.remaining();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.clear();
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }
}
