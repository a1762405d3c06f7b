package dev.segue.kernels.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;

/// Copies of floats between the host's heap and a device, through page-locked memory, a piece at a
/// time. All calls belong to the owner's thread and return when the data has arrived.
final class Transfers {
  private static final int PIECE = 1 << 20;

  private final CudaBinding binding;
  private final long stream;
  private final MemorySegment staging;

  Transfers(CudaBinding binding, long stream) {
    this.binding = binding;
    this.stream = stream;
    this.staging = binding.allocatePinned((long) PIECE * Float.BYTES);
  }

  void write(long target, FloatBuffer source) {
    long to = target;
    FloatBuffer piece =
        staging.asByteBuffer().order(java.nio.ByteOrder.nativeOrder()).asFloatBuffer();
    while (source.hasRemaining()) {
      int count = Math.min(PIECE, source.remaining());
      piece.clear().limit(count);
      FloatBuffer part = source.duplicate().limit(source.position() + count);
      piece.put(part);
      source.position(source.position() + count);
      long bytes = (long) count * Float.BYTES;
      binding.copyToDevice(to, staging.asSlice(0, bytes), stream);
      binding.synchroniseStream(stream);
      to += bytes;
    }
  }

  void read(long source, FloatBuffer target) {
    long from = source;
    FloatBuffer piece =
        staging.asByteBuffer().order(java.nio.ByteOrder.nativeOrder()).asFloatBuffer();
    while (target.hasRemaining()) {
      int count = Math.min(PIECE, target.remaining());
      long bytes = (long) count * Float.BYTES;
      binding.copyToHost(staging.asSlice(0, bytes), from, stream);
      binding.synchroniseStream(stream);
      target.put(piece.clear().limit(count));
      from += bytes;
    }
  }

  long[] readLongs(long source, int count) {
    long[] values = new long[count];
    long from = source;
    int piece = PIECE / 2;
    for (int done = 0; done < count; done += piece) {
      int here = Math.min(piece, count - done);
      long bytes = (long) here * Long.BYTES;
      binding.copyToHost(staging.asSlice(0, bytes), from, stream);
      binding.synchroniseStream(stream);
      MemorySegment.copy(staging, ValueLayout.JAVA_LONG, 0, values, done, here);
      from += bytes;
    }
    return values;
  }

  void close() {
    binding.freePinned(staging);
  }
}
