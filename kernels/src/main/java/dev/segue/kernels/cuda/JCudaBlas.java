package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.runtime.cudaStream_t;

/// cuBLAS 12 through JCublas, which calls it by JNI. Factors are handed over in memory of the
/// binding, so two threads must not call it at once.
final class JCudaBlas implements BlasBinding {
  private final String library;
  private final JCudaBinding driver;
  private final JCudaHandles<cublasHandle> handles = new JCudaHandles<>(new cublasHandle());
  private final MemorySegment alpha = Arena.ofAuto().allocate(JAVA_FLOAT);
  private final MemorySegment beta = Arena.ofAuto().allocate(JAVA_FLOAT);

  /// @param driver whose streams are used
  JCudaBlas(String library, JCudaBinding driver) {
    this.library = library;
    this.driver = driver;
  }

  @Override
  public String library() {
    return library;
  }

  @Override
  public int version() {
    return 10_000 * property(Cublas.MAJOR_VERSION)
        + 100 * property(Cublas.MINOR_VERSION)
        + property(Cublas.PATCH_LEVEL);
  }

  private static int property(int type) {
    int[] value = new int[1];
    check("cublasGetProperty", JCublas2.cublasGetProperty(type, value));
    return value[0];
  }

  @Override
  public long create() {
    cublasHandle handle = new cublasHandle();
    check("cublasCreate", JCublas2.cublasCreate(handle));
    return handles.add(handle);
  }

  @Override
  public void destroy(long handle) {
    String call = "cublasDestroy";
    check(call, JCublas2.cublasDestroy(handles.get(call, handle)));
    handles.remove(handle);
  }

  @Override
  public void setStream(long handle, long stream) {
    String call = "cublasSetStream";
    cudaStream_t object = new cudaStream_t(driver.stream(call, stream));
    check(call, JCublas2.cublasSetStream(handles.get(call, handle), object));
  }

  @Override
  public void setWorkspace(long handle, long address, long bytes) {
    String call = "cublasSetWorkspace";
    check(
        call,
        JCublas2.cublasSetWorkspace(handles.get(call, handle), new JCudaAddress(address), bytes));
  }

  @Override
  public void gemm(long handle, Product product) {
    String call = "cublasGemmEx";
    alpha.set(JAVA_FLOAT, 0, product.alpha());
    beta.set(JAVA_FLOAT, 0, product.beta());
    Operand a = product.a();
    Operand b = product.b();
    Operand c = product.c();
    // The one without the suffix takes the numbers that CUDA 10 used for how sums are computed.
    int status =
        JCublas2.cublasGemmEx_new(
            handles.get(call, handle),
            operation(product.transposeA()),
            operation(product.transposeB()),
            product.rows(),
            product.columns(),
            product.depth(),
            JCudaMemory.of(alpha),
            new JCudaAddress(a.address()),
            a.type().code,
            a.stride(),
            new JCudaAddress(b.address()),
            b.type().code,
            b.stride(),
            JCudaMemory.of(beta),
            new JCudaAddress(c.address()),
            c.type().code,
            c.stride(),
            product.compute().code,
            Cublas.CUBLAS_GEMM_DEFAULT);
    check(call, status);
  }

  private static int operation(boolean transpose) {
    return transpose ? Cublas.CUBLAS_OP_T : Cublas.CUBLAS_OP_N;
  }

  private static void check(String call, int status) {
    if (status != Cublas.CUBLAS_STATUS_SUCCESS) {
      throw CudaException.ofBlas(call, status);
    }
  }
}
