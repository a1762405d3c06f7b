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
  private static final String PANAMA = "panama";
  private static final String JCUDA = "jcuda";
  private static final int NEWEST_CUBLAS = 13;

  /// JCuda's library asks for symbols of this version.
  private static final int JCUDA_CUBLAS = 12;

  private CudaBindings() {}

  /// Returns which binding is asked for.
  static String choice() {
    return System.getProperty(PROPERTY, PANAMA);
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
    int version = binding.driverVersion();
    return binding instanceof JCudaBinding jcuda
        ? CudaLibraries.cublas(version, JCUDA_CUBLAS)
            .then(CudaBindings::cublas)
            .then(cublas -> JCudaStart.blas(cublas, jcuda))
        : CudaLibraries.cublas(version, NEWEST_CUBLAS)
            .then(CudaBindings::cublas)
            .then(cublas -> new Opened<>(new PanamaBlas(cublas)));
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
    String choice = choice();
    return switch (choice) {
      case PANAMA -> startPanama(driver);
      case JCUDA -> JCudaStart.driver(driver);
      default ->
          new Refused<>(
              "%s: expected %s or %s, got \"%s\"".formatted(PROPERTY, PANAMA, JCUDA, choice),
              "leave it out");
    };
  }

  private static Opening<CudaBinding> startPanama(CudaDriver driver) {
    int code = driver.cuInit(0);
    return code == CUDA_SUCCESS
        ? new Opened<>(new PanamaBinding(driver))
        : DriverStart.refusal(code, driver.errorName(code));
  }

  private static Opening<Cublas> cublas(Library library) {
    try {
      return new Opened<>(new Cublas(library));
    } catch (MissingFunctionException e) {
      return new Refused<>("no cuBLAS: " + e.reason(), "install cuBLAS 12 or 13");
    }
  }
}
