package dev.segue.kernels.cuda;

import java.util.Map;

/// A call that the driver or cuBLAS refused: the call, the name and number of the reason, and what
/// to do about it where that is known.
public final class CudaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Names of `cublasStatus_t`.
  private static final Map<Integer, String> BLAS_REASONS =
      Map.of(
          1, "CUBLAS_STATUS_NOT_INITIALIZED",
          3, "CUBLAS_STATUS_ALLOC_FAILED",
          7, "CUBLAS_STATUS_INVALID_VALUE",
          8, "CUBLAS_STATUS_ARCH_MISMATCH",
          11, "CUBLAS_STATUS_MAPPING_ERROR",
          13, "CUBLAS_STATUS_EXECUTION_FAILED",
          14, "CUBLAS_STATUS_INTERNAL_ERROR",
          15, "CUBLAS_STATUS_NOT_SUPPORTED",
          16, "CUBLAS_STATUS_LICENSE_ERROR");

  /// The number of the reason, `CUresult` or `cublasStatus_t`.
  private final int code;

  private final boolean driver;

  private CudaException(String message, int code, boolean driver) {
    super(message);
    this.code = code;
    this.driver = driver;
  }

  /// A refusal by the driver.
  ///
  /// @param call its name: `cuMemAlloc`
  /// @param code `CUresult`
  /// @param reason the driver's name for it: `CUDA_ERROR_OUT_OF_MEMORY`
  /// @param detail more about it, or an empty text
  public static CudaException ofDriver(String call, int code, String reason, String detail) {
    String message = "cuda: %s: %s (%d)%s".formatted(call, reason, code, after(detail));
    message +=
        switch (code) {
          case CudaDriver.CUDA_ERROR_INVALID_CONTEXT -> "; no context is current on this thread";
          case CudaDriver.CUDA_ERROR_ILLEGAL_ADDRESS, CudaDriver.CUDA_ERROR_LAUNCH_FAILED ->
              "; the device's context is lost, start the program again";
          default -> "";
        };
    return new CudaException(message, code, true);
  }

  /// A refusal by cuBLAS.
  ///
  /// @param call its name
  /// @param status `cublasStatus_t`
  public static CudaException ofBlas(String call, int status) {
    String reason = BLAS_REASONS.getOrDefault(status, "cuBLAS status");
    return new CudaException("cuda: %s: %s (%d)".formatted(call, reason, status), status, false);
  }

  private static String after(String detail) {
    return detail.isBlank() ? "" : ": " + detail.strip();
  }

  private static boolean isFatal(int code) {
    return code == CudaDriver.CUDA_ERROR_ILLEGAL_ADDRESS
        || code == CudaDriver.CUDA_ERROR_LAUNCH_FAILED;
  }

  /// Returns the number of the reason.
  public int code() {
    return code;
  }

  /// Returns whether device memory did not suffice.
  public boolean isOutOfMemory() {
    return driver && code == CudaDriver.CUDA_ERROR_OUT_OF_MEMORY;
  }

  /// Returns whether every later call in the context will fail as well.
  public boolean isFatal() {
    return driver && isFatal(code);
  }
}
