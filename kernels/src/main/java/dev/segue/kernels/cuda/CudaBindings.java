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
  private static final String PROPERTY = "segue.cuda.binding";

  private CudaBindings() {}

  /// Returns which binding is asked for.
  static String choice() {
    return System.getProperty(PROPERTY, "panama");
  }

  /// Opens the driver and starts it.
  public static Opening<CudaBinding> open() {
    return nativeAccess()
        .then(allowed -> CudaLibraries.driver())
        .then(CudaBindings::driver)
        .then(CudaBindings::start);
  }

  /// Java warns in four lines where native code is called without leave, and will forbid it.
  private static Opening<Module> nativeAccess() {
    Module module = CudaBindings.class.getModule();
    if (module.isNativeAccessEnabled()) {
      return new Opened<>(module);
    }
    String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
    return new Refused<>(
        "this JVM may not call native code", "start it with --enable-native-access=" + name);
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
