package dev.segue.kernels.cuda;

import static dev.segue.kernels.cuda.CudaDriver.CUDA_SUCCESS;

import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;

/// Opens the bindings of JCuda, whose classes and native libraries may be absent.
final class JCudaStart {
  private static final String CURE =
      "add org.jcuda:jcublas:12.6.0 to the class path, or leave out segue.cuda.binding=jcuda";

  private JCudaStart() {}

  /// Starts the driver.
  ///
  /// @param driver that is loaded, so that JCuda's library finds it
  static Opening<CudaBinding> driver(CudaDriver driver) {
    try {
      JCudaDriver.setExceptionsEnabled(false);
      int code = JCudaDriver.cuInit(0);
      return code == CUDA_SUCCESS
          ? new Opened<>(new JCudaBinding(driver.path()))
          : DriverStart.refusal(code, JCudaBinding.errorName(code));
    } catch (LinkageError e) {
      return refusal("JCuda", e);
    }
  }

  /// Opens cuBLAS.
  ///
  /// @param cublas that is loaded, so that JCuda's library finds it
  static Opening<BlasBinding> blas(Cublas cublas, JCudaBinding driver) {
    try {
      JCublas2.setExceptionsEnabled(false);
      return new Opened<>(new JCudaBlas(cublas.path(), driver));
    } catch (LinkageError e) {
      return refusal("no cuBLAS: JCublas", e);
    }
  }

  private static <T> Opening<T> refusal(String what, LinkageError e) {
    return e instanceof UnsatisfiedLinkError
        ? new Refused<>(what + "'s native library does not load: " + firstLine(e), CURE)
        : new Refused<>(what + " is not on the class path", CURE);
  }

  private static String firstLine(LinkageError e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
