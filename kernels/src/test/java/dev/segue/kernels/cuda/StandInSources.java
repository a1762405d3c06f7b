package dev.segue.kernels.cuda;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How the stand-in driver and the kernels for it are compiled.
///
/// @param kernels folder of the kernels
/// @param driver folder of the stand-in
record StandInSources(Path kernels, Path driver) {
  private static final Integer[] ARCHITECTURES = {75, 80, 90};
  private static final List<String> OWN = List.of("-D__CUDA_ARCH__=900", "-DSTAND_IN_OWN_KERNELS");

  /// The compiler calls a function before each access; the driver has these functions.
  private static final List<String> CHECKED =
      List.of("-fsanitize=thread", "--param=tsan-instrument-func-entry-exit=0");

  String driverDigest() {
    List<Path> all = new ArrayList<>(SourceDigest.files(driver, ""));
    all.add(kernels.resolve("segue.cuh"));
    return digest(all);
  }

  /// What the stand-in does is not compiled into kernels, but for its headers and its own kernels.
  String kernelsDigest() {
    List<Path> all = new ArrayList<>(SourceDigest.files(kernels, ""));
    all.addAll(SourceDigest.files(driver, ".h"));
    all.addAll(SourceDigest.files(driver, ".cu"));
    return digest(all);
  }

  private static String digest(List<Path> files) {
    return SourceDigest.of(files, Compiler.FLAGS.toString() + CHECKED).substring(0, 16);
  }

  void compileDriver(Path folder) {
    List<Path> sources = new ArrayList<>(SourceDigest.files(driver, ".cpp"));
    sources.remove(driver.resolve("cublas.cpp"));
    sources.add(driver.resolve("own.cu"));
    Compiler compiler = compiler(folder);
    List<Path> objects =
        sources.parallelStream()
            .map(source -> compiler.object(source, source.getFileName() + ".o", OWN))
            .toList();
    compiler.link("libcuda.so.1", objects, List.of("-Wl,-soname,libcuda.so.1", "-ldl"));
    for (int version : new int[] {12, 13}) {
      compileBlas(compiler, folder, version);
    }
  }

  private void compileBlas(Compiler compiler, Path folder, int version) {
    String name = "libcublas.so." + version;
    Path object =
        compiler.object(
            driver.resolve("cublas.cpp"),
            name + ".o",
            List.of("-D__CUDA_ARCH__=900", "-DSTAND_IN_CUBLAS=" + version));
    List<String> options = new ArrayList<>(withDriver(folder));
    options.add("-Wl,-soname," + name);
    if (version == 12) {
      // JCuda's library asks for symbols of this version.
      options.add("-Wl,--version-script=" + driver.resolve("libcublas12.map"));
    }
    compiler.link(name, List.of(object), options);
  }

  void compileKernels(Path folder, Path driverFolder) {
    compileAll(folder, driverFolder, List.of());
  }

  void compileChecked(Path folder, Path driverFolder) {
    compileAll(folder, driverFolder, CHECKED);
    List<String> options = new ArrayList<>(OWN);
    options.addAll(CHECKED);
    compileLibrary(folder, driverFolder, "own", driver.resolve("own.cu"), options);
  }

  private void compileAll(Path folder, Path driverFolder, List<String> more) {
    Stream.of(ARCHITECTURES)
        .parallel()
        .forEach(architecture -> {
          List<String> options = new ArrayList<>(more);
          options.add("-D__CUDA_ARCH__=" + architecture + "0");
          String name = "kernels_sm" + architecture;
          compileLibrary(folder, driverFolder, name, kernels.resolve("all.cu"), options);
        });
  }

  private void compileLibrary(
      Path folder, Path driverFolder, String name, Path source, List<String> options) {
    Compiler compiler = compiler(folder);
    Path object = compiler.object(source, name + ".o", options);
    compiler.link(name + ".so", List.of(object), withDriver(driverFolder));
  }

  private Compiler compiler(Path folder) {
    return new Compiler(folder, List.of(driver, kernels));
  }

  private static List<String> withDriver(Path folder) {
    return List.of("-L" + folder, "-l:libcuda.so.1", "-Wl,-rpath,$ORIGIN");
  }
}
