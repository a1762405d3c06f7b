package dev.segue.kernels.cuda;

import dev.segue.kernels.cuda.Opening.Opened;
import dev.segue.kernels.cuda.Opening.Refused;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds NVIDIA's libraries. A system property or an environment variable that names a file or a
/// folder decides alone; otherwise the loader's path comes first, then [CudaFolders].
///
/// | library | property | variable |
/// |---|---|---|
/// | the driver, `libcuda.so.1` | `segue.cuda.driver` | `SEGUE_CUDA_DRIVER` |
/// | cuBLAS, `libcublas.so.13` or `.12` | `segue.cuda.cublas`, `none` for none | `SEGUE_CUDA_CUBLAS` |
final class CudaLibraries {
  private static final String DRIVER = "libcuda.so.1";
  private static final String DRIVER_PROPERTY = "segue.cuda.driver";
  private static final String DRIVER_VARIABLE = "SEGUE_CUDA_DRIVER";
  private static final String INSTALL_DRIVER =
      "install NVIDIA's driver, or name the file by -Dsegue.cuda.driver or SEGUE_CUDA_DRIVER";
  private static final String INSTALL_CUBLAS =
      "install the CUDA toolkit's libcublas or Python's nvidia-cublas package, or name the file by"
          + " -Dsegue.cuda.cublas or SEGUE_CUDA_CUBLAS";
  private static final int OLDEST_CUBLAS = 12;

  private CudaLibraries() {}

  /// Returns whether the user names a driver.
  static boolean isDriverChosen() {
    return choice(DRIVER_PROPERTY, DRIVER_VARIABLE) != null;
  }

  /// Opens the driver's library.
  static Opening<Library> driver() {
    String system = System.getProperty("os.name");
    if (!system.equals("Linux")) {
      return new Refused<>(
          "no NVIDIA driver: CUDA is supported on Linux, this is " + system, "use Linux");
    }
    LibrarySearch search = new LibrarySearch();
    String choice = choice(DRIVER_PROPERTY, DRIVER_VARIABLE);
    Library library =
        choice == null
            ? search.find(DRIVER, CudaFolders.here().driver())
            : search.at(Path.of(choice), DRIVER);
    if (library != null) {
      return new Opened<>(library);
    }
    return missing("no NVIDIA driver: ", choice, DRIVER + " was not found", INSTALL_DRIVER, search);
  }

  /// Opens the newest cuBLAS that the driver can run.
  ///
  /// @param driverVersion as [CudaBinding#driverVersion]
  /// @param newestKnown the newest that the binding can call
  static Opening<Library> cublas(int driverVersion, int newestKnown) {
    String choice = choice("segue.cuda.cublas", "SEGUE_CUDA_CUBLAS");
    if ("none".equals(choice)) {
      return new Refused<>("no cuBLAS: it was switched off", "leave out segue.cuda.cublas=none");
    }
    int newest = Math.min(newestKnown, driverVersion / 1000);
    if (newest < OLDEST_CUBLAS) {
      return new Refused<>(
          "no cuBLAS: the driver knows CUDA %s and cuBLAS %d needs %d.0"
              .formatted(CudaVersion.text(driverVersion), OLDEST_CUBLAS, OLDEST_CUBLAS),
          "install a newer NVIDIA driver");
    }
    LibrarySearch search = new LibrarySearch();
    for (int version = newest; version >= OLDEST_CUBLAS; version--) {
      Library library = cublas(search, choice, version);
      if (library != null) {
        return new Opened<>(library);
      }
    }
    return missing("no cuBLAS: ", choice, absence(newest), INSTALL_CUBLAS, search);
  }

  private static @Nullable Library cublas(
      LibrarySearch search, @Nullable String choice, int version) {
    String name = "libcublas.so." + version;
    return choice == null
        ? search.find(name, CudaFolders.here().cublas(version))
        : search.at(Path.of(choice), name);
  }

  private static String absence(int newest) {
    String oldest = "libcublas.so." + OLDEST_CUBLAS;
    return newest == OLDEST_CUBLAS
        ? oldest + " was not found"
        : "neither libcublas.so.%d nor %s was found".formatted(newest, oldest);
  }

  /// What the user named is the reason itself; otherwise the places tried are many.
  private static <T> Refused<T> missing(
      String what, @Nullable String choice, String absence, String cure, LibrarySearch search) {
    return choice == null
        ? new Refused<>(what + absence, cure, search.tried())
        : new Refused<>(what + String.join(", ", search.tried()), cure);
  }

  private static @Nullable String choice(String property, String variable) {
    String value = System.getProperty(property, System.getenv(variable));
    return value == null || value.isBlank() ? null : value;
  }
}
