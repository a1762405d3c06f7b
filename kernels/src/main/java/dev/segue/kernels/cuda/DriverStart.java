package dev.segue.kernels.cuda;

import dev.segue.kernels.cuda.Opening.Refused;

/// Why a driver that is installed does not start, and what to do.
final class DriverStart {
  private DriverStart() {}

  /// Returns what `cuInit` meant.
  static <T> Refused<T> refusal(int code, String name) {
    String cause = "%s (%d)".formatted(name, code);
    return switch (code) {
      case CudaDriver.CUDA_ERROR_NO_DEVICE -> noDevice(cause);
      case CudaDriver.CUDA_ERROR_STUB_LIBRARY ->
          new Refused<>(
              "no NVIDIA driver: the library is the toolkit's stub: " + cause,
              "install NVIDIA's driver, or take the stub off LD_LIBRARY_PATH");
      case CudaDriver.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH ->
          new Refused<>(
              "the NVIDIA driver's library and kernel module differ: " + cause,
              "restart the machine after a driver update");
      case CudaDriver.CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE ->
          new Refused<>(
              "this GPU does not take the toolkit's compatibility library: " + cause,
              "take it off LD_LIBRARY_PATH");
      case CudaDriver.CUDA_ERROR_SYSTEM_NOT_READY ->
          new Refused<>(
              "the GPUs are not ready: " + cause, "start the service nvidia-fabricmanager");
      default ->
          new Refused<>(
              "the NVIDIA driver does not start: " + cause, "see what nvidia-smi and dmesg say");
    };
  }

  /// Returns that the driver has no device.
  static <T> Refused<T> noDevice(String cause) {
    return new Refused<>(
        "no GPU: the NVIDIA driver sees no device: " + cause,
        "see what nvidia-smi lists, and CUDA_VISIBLE_DEVICES");
  }
}
