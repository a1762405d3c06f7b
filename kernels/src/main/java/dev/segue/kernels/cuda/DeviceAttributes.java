package dev.segue.kernels.cuda;

import dev.segue.kernels.cuda.CudaBinding.DeviceInfo;
import java.util.function.IntUnaryOperator;

/// Which of a device's many attributes are asked for.
final class DeviceAttributes {
  private DeviceAttributes() {}

  /// Describes a device.
  ///
  /// @param ordinal from 0
  /// @param name as the driver gives it
  /// @param memoryBytes all of its memory
  /// @param attribute asks the driver for the value of a `CUdevice_attribute`
  static DeviceInfo describe(
      int ordinal, String name, long memoryBytes, IntUnaryOperator attribute) {
    return new DeviceInfo(
        ordinal,
        name,
        attribute.applyAsInt(CudaDriver.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
        attribute.applyAsInt(CudaDriver.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        attribute.applyAsInt(CudaDriver.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        attribute.applyAsInt(CudaDriver.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN),
        attribute.applyAsInt(CudaDriver.CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE),
        memoryBytes);
  }
}
