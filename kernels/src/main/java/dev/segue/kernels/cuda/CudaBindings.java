package dev.segue.kernels.cuda;

import static dev.segue.kernels.cuda.CudaDriver.CUDA_SUCCESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Opens the bindings; the only place that chooses one, by the property `segue.cuda.binding`:
/// `panama` or `jcuda`.
public final class CudaBindings {
  private CudaBindings() {}

  /// Opens the driver and starts it.
  public static Opening<CudaBinding> open() {
    return CudaLibraries.driver().then(CudaBindings::driver).then(CudaBindings::start);
  }

  /// Opens cuBLAS.
  ///
  /// @param binding that runs the driver
  public static Opening<BlasBinding> openBlas(CudaBinding binding) {
    return CudaLibraries.cublas(binding.driverVersion()).then(CudaBindings::blas);
  }

  private static Opening<CudaDriver> driver(Library library) {
    int version = version(library);
    if (version < CudaDriver.OLDEST_VERSION) {
      return tooOld(library.path() + " knows CUDA " + CudaVersion.text(version));
    }
    try {
      return new Opened<>(new CudaDriver(library));
    } catch (MissingFunctionException e) {
      return tooOld(e.reason());
    }
  }

  private static <T> Opening<T> tooOld(String reason) {
    return new Refused<>(
        "the NVIDIA driver is too old: " + reason,
        "install one for CUDA %s or newer".formatted(CudaVersion.text(CudaDriver.OLDEST_VERSION)));
  }

  /// Asked before the rest is looked up, so that it is known even where functions are missing.
  private static int version(Library library) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment version = arena.allocate(JAVA_INT);
      return library
          .symbols()
          .find("cuDriverGetVersion")
          .map(function -> Downcall.call(function, version))
          .filter(code -> code == CUDA_SUCCESS)
          .map(code -> version.get(JAVA_INT, 0))
          .orElse(0);
    }
  }

  private static Opening<CudaBinding> start(CudaDriver driver) {
    int code = driver.cuInit(0);
    return code == CUDA_SUCCESS
        ? new Opened<>(new PanamaBinding(driver))
        : DriverStart.refusal(code, driver.errorName(code));
  }

  private static Opening<BlasBinding> blas(Library library) {
    try {
      return new Opened<>(new PanamaBlas(new Cublas(library)));
    } catch (MissingFunctionException e) {
      return new Refused<>("no cuBLAS: " + e.reason(), "install cuBLAS 12 or 13");
    }
  }
}
