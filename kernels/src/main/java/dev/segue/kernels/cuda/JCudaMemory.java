package dev.segue.kernels.cuda;

import java.lang.foreign.MemorySegment;
import jcuda.Pointer;

/// Memory of the host as JCuda takes it. A buffer would do as well, but for the 2 GB it ends at.
final class JCudaMemory extends Pointer {
  /// Keeps the memory while a call holds this object.
  final MemorySegment segment;

  /// Makes one that a call of JCuda fills in.
  JCudaMemory() {
    segment = MemorySegment.NULL;
  }

  private JCudaMemory(MemorySegment segment) {
    super(new Pointer(), segment.address());
    this.segment = segment;
  }

  /// Returns a segment's memory, after the checks that a downcall makes.
  static JCudaMemory of(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("Heap segment not allowed: " + segment);
    }
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException("Already closed");
    }
    return new JCudaMemory(segment);
  }

  /// Returns the address.
  long value() {
    return getNativePointer() + getByteOffset();
  }
}
