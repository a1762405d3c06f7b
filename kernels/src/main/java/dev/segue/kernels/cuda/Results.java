package dev.segue.kernels.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/// Single numbers that a device computes and a caller may ask for later: losses, norms. Each
/// command buffer has a few places for them; they are copied to the host behind its commands, and
/// waited for when the first of them is asked for.
final class Results {
  /// The most numbers of one command buffer.
  static final int PLACES = 64;

  private final Device device;
  private final CudaBinding binding;
  private final long memory;
  private final MemorySegment host;
  private List<Result> open = new ArrayList<>();
  private List<Result> underway = List.of();

  Results(Device device, CudaBinding binding, long memory, MemorySegment host) {
    this.device = device;
    this.binding = binding;
    this.memory = memory;
    this.host = host;
  }

  /// A number, 64-bit on the device.
  final class Result implements DoubleSupplier {
    private final long address;
    private final int place;
    private boolean known;
    private double value;

    private Result(int place) {
      this.place = place;
      this.address = memory + (long) place * Double.BYTES;
    }

    /// Returns where a kernel puts it.
    long address() {
      return address;
    }

    @Override
    public double getAsDouble() {
      device.locked(() -> {
        if (!known) {
          device.settle();
        }
        if (!known) {
          throw new IllegalStateException("cuda: the result's computation failed");
        }
      });
      return value;
    }
  }

  boolean isFull() {
    return open.size() == PLACES;
  }

  /// Returns a place for a number of the current command buffer.
  Result next() {
    Result result = new Result(open.size());
    open.add(result);
    return result;
  }

  /// Copies the numbers of the buffer whose commands were just started; on the owner's thread.
  void copyAll(long stream) {
    if (open.isEmpty()) {
      return;
    }
    if (!underway.isEmpty()) {
      throw new IllegalStateException("cuda: results of an earlier buffer were not fetched");
    }
    binding.copyToHost(host.asSlice(0, (long) open.size() * Double.BYTES), memory, stream);
    underway = open;
    open = new ArrayList<>();
  }

  /// Forgets the numbers of a buffer that failed; they stay unknown, and asking for them throws.
  void abandon() {
    open = new ArrayList<>();
    underway = List.of();
  }

  /// Returns whether numbers are on their way that the next buffer's would overwrite.
  boolean isUnderway() {
    return !underway.isEmpty();
  }

  /// Takes the numbers over once the stream is synchronised.
  void arrived() {
    for (Result result : underway) {
      result.value = host.getAtIndex(ValueLayout.JAVA_DOUBLE, result.place);
      result.known = true;
    }
    underway = List.of();
  }
}
