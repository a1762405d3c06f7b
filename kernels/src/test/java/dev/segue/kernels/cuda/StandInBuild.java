package dev.segue.kernels.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Compiles the stand-in driver, its cuBLAS and the kernels with g++, once for the sources as they
/// are: folders are named by their digest, and a lock lets other builds wait.
///
/// @param driver folder of `libcuda.so.1` and both `libcublas`
/// @param kernels folder of the kernels, `kernels_sm90.so` and so on
record StandInBuild(Path driver, Path kernels) {
  /// Returns the folders of the libraries, compiled now unless they are there.
  static StandInBuild now() {
    Path module = module();
    Path target = module.resolve("target/stand-in");
    Sources sources = new Sources(module.resolve("src/main/cuda"), module.resolve("src/test/cuda"));
    try {
      Files.createDirectories(target);
      try (FileChannel channel =
              FileChannel.open(
                  target.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        // Held until here: what another build makes is whole when this one looks for it.
        assert lock.isValid();
        Path driver = build(target, "driver-" + sources.driverDigest(), sources::compileDriver);
        Path kernels =
            build(
                target,
                "kernels-" + sources.kernelsDigest(),
                folder -> sources.compileKernels(folder, driver));
        String both = sources.driverDigest() + "-" + sources.kernelsDigest();
        build(target, "all-" + both, folder -> linkAll(folder, driver, kernels));
        return new StandInBuild(driver, kernels);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Tests run in their own module's folder, which is this one or beside it.
  private static Path module() {
    Path here = Path.of("").toAbsolutePath();
    for (Path candidate : List.of(here, here.resolveSibling("kernels"), here.resolve("kernels"))) {
      if (Files.isDirectory(candidate.resolve("src/test/cuda"))) {
        return candidate;
      }
    }
    throw new IllegalStateException("stand-in: no kernels/src/test/cuda near " + here);
  }

  private interface Step {
    void compileInto(Path folder) throws IOException;
  }

  /// A folder that has its name is whole.
  private static Path build(Path target, String name, Step step) throws IOException {
    Path ready = target.resolve(name);
    if (!Files.isDirectory(ready)) {
      Path unfinished = Files.createDirectories(target.resolve(name + ".unfinished"));
      step.compileInto(unfinished);
      Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
    }
    return ready;
  }

  /// Brings all libraries together in one folder, for programs that know no more than where the
  /// driver lies: the stand-in looks for kernels beside itself.
  private static void linkAll(Path folder, Path... parts) throws IOException {
    for (Path part : parts) {
      try (Stream<Path> files = Files.list(part)) {
        for (Path file : files.filter(each -> each.toString().contains(".so")).toList()) {
          Path link = folder.resolve(file.getFileName());
          if (!file.toString().endsWith(".o") && !Files.exists(link)) {
            Files.createLink(link, file);
          }
        }
      }
    }
  }

  /// @param kernels folder of the kernels
  /// @param driver folder of the stand-in
  private record Sources(Path kernels, Path driver) {
    String driverDigest() throws IOException {
      List<Path> all = SourceDigest.files(driver, "");
      return SourceDigest.of(all, Compiler.FLAGS.toString()).substring(0, 16);
    }

    /// What the stand-in does is not compiled into kernels, but for its headers.
    String kernelsDigest() throws IOException {
      List<Path> all = new ArrayList<>(SourceDigest.files(kernels, ""));
      all.addAll(SourceDigest.files(driver, ".h"));
      return SourceDigest.of(all, Compiler.FLAGS.toString()).substring(0, 16);
    }

    void compileDriver(Path folder) throws IOException {
      List<Path> sources = new ArrayList<>(SourceDigest.files(driver, ".cpp"));
      sources.remove(driver.resolve("cublas.cpp"));
      sources.add(driver.resolve("own.cu"));
      Compiler compiler = new Compiler(folder, List.of(driver, kernels));
      List<String> own = List.of("-D__CUDA_ARCH__=900", "-DSTAND_IN_OWN_KERNELS");
      List<Path> objects =
          sources.parallelStream()
              .map(source -> compiler.object(source, source.getFileName() + ".o", own))
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
      Compiler compiler = new Compiler(folder, List.of(driver, kernels));
      Stream.of(75, 80, 90)
          .parallel()
          .forEach(architecture -> {
            String name = "kernels_sm" + architecture;
            Path object =
                compiler.object(
                    kernels.resolve("all.cu"),
                    name + ".o",
                    List.of("-D__CUDA_ARCH__=" + architecture + "0"));
            compiler.link(name + ".so", List.of(object), withDriver(driverFolder));
          });
    }

    private static List<String> withDriver(Path folder) {
      return List.of("-L" + folder, "-l:libcuda.so.1", "-Wl,-rpath,$ORIGIN");
    }
  }
}
