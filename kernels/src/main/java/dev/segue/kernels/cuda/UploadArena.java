package dev.segue.kernels.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Small host data that goes to a device with a command buffer: ids, offsets, constants that change
/// from step to step. It is gathered in page-locked memory and copied at once before the commands
/// run. The same order of uploads of the same sizes gives the same device addresses.
///
/// Page-locked memory is filled for the next buffer while the last one's is still being copied, so
/// there are two of each.
final class UploadArena {
  private static final int CHUNK = 1 << 20;
  private static final int ALIGNMENT = 16;
  private static final int SIDES = 2;

  private final CudaBinding binding;
  private final OwnerThread owner;
  private final List<Chunk> chunks = new ArrayList<>();
  private final long[] copied = new long[SIDES];
  private int side;
  private int current;
  private int used;

  /// A piece of device memory and what will be copied to it.
  private record Chunk(long device, List<MemorySegment> staging, int bytes) {}

  UploadArena(CudaBinding binding, OwnerThread owner) {
    this.binding = binding;
    this.owner = owner;
    for (int i = 0; i < SIDES; i++) {
      copied[i] = owner.call(() -> binding.createEvent(false));
    }
  }

  /// Puts numbers down; returns where they will lie on the device.
  long add(int[] values) {
    long bytes = (long) values.length * Integer.BYTES;
    long address = reserve(bytes);
    MemorySegment.copy(values, 0, staging(), ValueLayout.JAVA_INT, start(bytes), values.length);
    return address;
  }

  /// Puts numbers down; returns where they will lie on the device.
  long add(float[] values, int from, int count) {
    long bytes = (long) count * Float.BYTES;
    long address = reserve(bytes);
    MemorySegment.copy(values, from, staging(), ValueLayout.JAVA_FLOAT, start(bytes), count);
    return address;
  }

  /// Puts numbers down; returns where they will lie on the device.
  long add(long[] values) {
    long bytes = (long) values.length * Long.BYTES;
    long address = reserve(bytes);
    MemorySegment.copy(values, 0, staging(), ValueLayout.JAVA_LONG, start(bytes), values.length);
    return address;
  }

  private MemorySegment staging() {
    return chunks.get(current).staging().get(side);
  }

  /// Where the last reservation starts.
  private long start(long bytes) {
    return used - aligned(bytes);
  }

  private long reserve(long bytes) {
    long size = aligned(bytes);
    while (current < chunks.size() && used + size > chunks.get(current).bytes()) {
      current++;
      used = 0;
    }
    if (current == chunks.size()) {
      chunks.add(owner.call(() -> chunk(Math.toIntExact(Math.max(CHUNK, size)))));
      used = 0;
    }
    long address = chunks.get(current).device() + used;
    used += (int) size;
    return address;
  }

  private Chunk chunk(int bytes) {
    List<MemorySegment> staging = new ArrayList<>();
    for (int i = 0; i < SIDES; i++) {
      staging.add(binding.allocatePinned(bytes));
    }
    return new Chunk(binding.allocate(bytes), staging, bytes);
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(Math.max(1, bytes), ALIGNMENT) * ALIGNMENT;
  }

  /// Starts the copies and turns to the other side, waiting until its last copies are over; on the
  /// owner's thread.
  void copyAll(long stream) {
    for (int i = 0; i <= current && i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      int bytes = i == current ? used : chunk.bytes();
      if (bytes > 0) {
        MemorySegment from = chunk.staging().get(side).asSlice(0, bytes);
        binding.copyToDevice(chunk.device(), from, stream);
      }
    }
    binding.recordEvent(copied[side], stream);
    side = 1 - side;
    binding.synchroniseEvent(copied[side]);
    clear();
  }

  /// Forgets what was put down.
  void clear() {
    current = 0;
    used = 0;
  }

  /// Frees all memory; on the owner's thread.
  void close() {
    for (Chunk chunk : chunks) {
      chunk.staging().forEach(binding::freePinned);
      binding.free(chunk.device());
    }
    for (long event : copied) {
      binding.destroyEvent(event);
    }
  }
}
