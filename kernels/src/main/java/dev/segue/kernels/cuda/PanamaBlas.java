package dev.segue.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// cuBLAS through `java.lang.foreign`. A call allocates nothing and looks nothing up. Factors are
/// handed over in memory of the binding, so two threads must not call it at once.
final class PanamaBlas implements BlasBinding {
  private final Cublas cublas;
  private final MemorySegment result = Arena.ofAuto().allocate(JAVA_LONG);
  private final MemorySegment alpha = Arena.ofAuto().allocate(JAVA_FLOAT);
  private final MemorySegment beta = Arena.ofAuto().allocate(JAVA_FLOAT);

  PanamaBlas(Cublas cublas) {
    this.cublas = cublas;
  }

  @Override
  public String library() {
    return cublas.path();
  }

  @Override
  public long create() {
    check("cublasCreate", cublas.cublasCreate(result));
    return result.get(JAVA_LONG, 0);
  }

  @Override
  public int version() {
    return 10_000 * property(Cublas.MAJOR_VERSION)
        + 100 * property(Cublas.MINOR_VERSION)
        + property(Cublas.PATCH_LEVEL);
  }

  private int property(int type) {
    check("cublasGetProperty", cublas.cublasGetProperty(type, result));
    return result.get(JAVA_INT, 0);
  }

  @Override
  public void destroy(long handle) {
    check("cublasDestroy", cublas.cublasDestroy(handle));
  }

  @Override
  public void setStream(long handle, long stream) {
    check("cublasSetStream", cublas.cublasSetStream(handle, stream));
  }

  @Override
  public void setWorkspace(long handle, long address, long bytes) {
    check("cublasSetWorkspace", cublas.cublasSetWorkspace(handle, address, bytes));
  }

  @Override
  public void gemm(long handle, Product product) {
    alpha.set(JAVA_FLOAT, 0, product.alpha());
    beta.set(JAVA_FLOAT, 0, product.beta());
    Operand a = product.a();
    Operand b = product.b();
    Operand c = product.c();
    int status =
        cublas.cublasGemmEx(
            handle,
            operation(product.transposeA()),
            operation(product.transposeB()),
            product.rows(),
            product.columns(),
            product.depth(),
            alpha,
            a.address(),
            a.type().code,
            a.stride(),
            b.address(),
            b.type().code,
            b.stride(),
            beta,
            c.address(),
            c.type().code,
            c.stride(),
            product.compute().code,
            Cublas.CUBLAS_GEMM_DEFAULT);
    check("cublasGemmEx", status);
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
