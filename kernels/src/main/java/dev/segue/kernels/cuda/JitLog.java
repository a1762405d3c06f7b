package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Where the driver's compiler of PTX writes its errors: options of `cuModuleLoadDataEx`, of which
/// each is a key and a value as wide as a pointer.
final class JitLog {
  /// Bytes for the errors; the first of them are worth reading.
  static final int CAPACITY = 8192;

  private final MemorySegment text;
  private final MemorySegment keys;
  private final MemorySegment values;

  JitLog(Arena arena) {
    text = arena.allocate(CAPACITY);
    keys = arena.allocateFrom(JAVA_INT, keyNumbers());
    values = arena.allocate(ADDRESS, keyNumbers().length);
    values.setAtIndex(ADDRESS, 0, text);
    values.setAtIndex(ADDRESS, 1, MemorySegment.ofAddress(CAPACITY - 1));
  }

  /// Returns the keys.
  static int[] keyNumbers() {
    return new int[] {
      CudaDriver.CU_JIT_ERROR_LOG_BUFFER, CudaDriver.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES
    };
  }

  MemorySegment keys() {
    return keys;
  }

  MemorySegment values() {
    return values;
  }

  /// Returns what the compiler wrote, nothing where it wrote nothing.
  String text() {
    return text.getString(0);
  }
}
