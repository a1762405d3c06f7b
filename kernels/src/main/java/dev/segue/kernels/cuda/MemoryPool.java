package dev.segue.kernels.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Device memory that is used again. A block that is given back is handed out to the next caller
/// who wants as much, the latest first: the same steps get the same addresses, so that a captured
/// graph can be replayed, and no step waits for the driver. Work runs in the order in which it was
/// asked for, so a block may be given back while earlier work on it is still to come.
///
/// All methods are called under the device's lock.
final class MemoryPool {
  /// Small blocks are rounded up to this, so that near sizes share blocks.
  private static final long GRAIN = 512;

  /// Large blocks are rounded up to this, the driver's own page.
  private static final long LARGE_GRAIN = 2 << 20;

  /// Grants and takes back memory.
  interface Source {
    /// Allocates, or throws a [CudaException].
    long allocate(long bytes);

    /// Frees.
    void free(long address);

    /// Waits until no work uses memory that was given back, and returns the free bytes.
    long settle();
  }

  private final Source source;
  private final Map<Long, Deque<Long>> free = new HashMap<>();
  private final Map<Long, Long> sizes = new HashMap<>();
  private long inUse;
  private long cached;

  MemoryPool(Source source) {
    this.source = source;
  }

  /// Hands out a block of at least `bytes`; its contents are whatever was there.
  long allocate(long bytes) {
    long size = rounded(bytes);
    Deque<Long> blocks = free.get(size);
    long address;
    if (blocks != null && !blocks.isEmpty()) {
      address = blocks.pop();
      cached -= size;
    } else {
      address = fresh(size);
      sizes.put(address, size);
    }
    inUse += size;
    return address;
  }

  private long fresh(long size) {
    try {
      return source.allocate(size);
    } catch (CudaException e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
    }
    long left = source.settle();
    trim();
    try {
      return source.allocate(size);
    } catch (CudaException e) {
      throw e.isOutOfMemory() ? tooLittle(size, left) : e;
    }
  }

  private OutOfDeviceMemoryException tooLittle(long size, long left) {
    return new OutOfDeviceMemoryException(
        "cuda: out of device memory: expected %s free for one block, got %s, %s held by tensors; take smaller batches or a smaller model"
            .formatted(mebibytes(size), mebibytes(left), mebibytes(inUse)));
  }

  private static String mebibytes(long bytes) {
    return "%.1f MiB".formatted(bytes / (double) (1 << 20));
  }

  /// Takes a block back.
  void free(long address) {
    Long size = sizes.get(address);
    if (size == null) {
      throw new IllegalArgumentException("cuda: no block of device memory starts at " + address);
    }
    free.computeIfAbsent(size, _ -> new ArrayDeque<>()).push(address);
    inUse -= size;
    cached += size;
  }

  /// Gives all unused blocks back to the driver.
  void trim() {
    for (Deque<Long> blocks : free.values()) {
      for (long address : blocks) {
        sizes.remove(address);
        source.free(address);
      }
    }
    free.clear();
    cached = 0;
  }

  /// Gives all blocks back to the driver, those in use as well.
  void close() {
    sizes.keySet().forEach(source::free);
    sizes.clear();
    free.clear();
    inUse = 0;
    cached = 0;
  }

  /// Returns the bytes that are handed out.
  long inUse() {
    return inUse;
  }

  /// Returns the bytes that wait to be used again.
  long cached() {
    return cached;
  }

  private static long rounded(long bytes) {
    long grain = bytes >= LARGE_GRAIN ? LARGE_GRAIN : GRAIN;
    return Math.ceilDiv(Math.max(1, bytes), grain) * grain;
  }
}
