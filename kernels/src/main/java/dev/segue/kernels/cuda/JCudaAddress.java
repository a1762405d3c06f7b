package dev.segue.kernels.cuda;

import jcuda.driver.CUdeviceptr;

/// A device address as JCuda takes it: its number lies behind the address 0.
final class JCudaAddress extends CUdeviceptr {
  /// Makes one that a call of JCuda fills in.
  JCudaAddress() {}

  JCudaAddress(long address) {
    super(new CUdeviceptr(), address);
  }

  /// Returns the number.
  long value() {
    return getNativePointer() + getByteOffset();
  }
}
