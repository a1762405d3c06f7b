package dev.segue.kernels.cuda;

import java.lang.foreign.MemorySegment;

/// The functions of `libcublas` that are used, under their C names and with their C prototypes.
/// Each returns its `cublasStatus_t`.
///
/// Source: `cublas_api.h` of CUDA 12 and 13.
final class Cublas extends LoadedLibrary {
  static final int CUBLAS_STATUS_SUCCESS = 0;
  static final int CUBLAS_OP_N = 0;
  static final int CUBLAS_OP_T = 1;
  static final int CUBLAS_GEMM_DEFAULT = -1;
  static final int MAJOR_VERSION = 0;
  static final int MINOR_VERSION = 1;
  static final int PATCH_LEVEL = 2;

  private final MemorySegment create = function("cublasCreate_v2");
  private final MemorySegment destroy = function("cublasDestroy_v2");
  private final MemorySegment getProperty = function("cublasGetProperty");
  private final MemorySegment setStream = function("cublasSetStream_v2");
  private final MemorySegment setWorkspace = function("cublasSetWorkspace_v2");
  private final MemorySegment gemmEx = function("cublasGemmEx");

  /// @throws MissingFunctionException naming the first that the library lacks
  Cublas(Library library) {
    super(library);
  }

  /// Returns the path of its file.
  String path() {
    return path(create);
  }

  // cublasStatus_t cublasCreate(cublasHandle_t *handle)
  int cublasCreate(MemorySegment handle) {
    return Downcall.call(create, handle);
  }

  // cublasStatus_t cublasDestroy(cublasHandle_t handle)
  int cublasDestroy(long handle) {
    return Downcall.call(destroy, handle);
  }

  // cublasStatus_t cublasGetProperty(libraryPropertyType type, int *value)
  int cublasGetProperty(int type, MemorySegment value) {
    return Downcall.call(getProperty, type, value);
  }

  // cublasStatus_t cublasSetStream(cublasHandle_t handle, cudaStream_t streamId)
  int cublasSetStream(long handle, long streamId) {
    return Downcall.call(setStream, handle, streamId);
  }

  // cublasStatus_t cublasSetWorkspace(cublasHandle_t handle, void *workspace,
  //     size_t workspaceSizeInBytes)
  int cublasSetWorkspace(long handle, long workspace, long workspaceSizeInBytes) {
    return Downcall.call(setWorkspace, handle, workspace, workspaceSizeInBytes);
  }

  // cublasStatus_t cublasGemmEx(cublasHandle_t handle, cublasOperation_t transa,
  //     cublasOperation_t transb, int m, int n, int k, const void *alpha, const void *A,
  //     cudaDataType Atype, int lda, const void *B, cudaDataType Btype, int ldb, const void *beta,
  //     void *C, cudaDataType Ctype, int ldc, cublasComputeType_t computeType,
  //     cublasGemmAlgo_t algo)
  int cublasGemmEx(
      long handle,
      int transa,
      int transb,
      int m,
      int n,
      int k,
      MemorySegment alpha,
      long a,
      int aType,
      int lda,
      long b,
      int bType,
      int ldb,
      MemorySegment beta,
      long c,
      int cType,
      int ldc,
      int computeType,
      int algo) {
    return Downcall.call(
        gemmEx,
        handle,
        transa,
        transb,
        m,
        n,
        k,
        alpha,
        a,
        aType,
        lda,
        b,
        bType,
        ldb,
        beta,
        c,
        cType,
        ldc,
        computeType,
        algo);
  }
}
