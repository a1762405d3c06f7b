package dev.segue.kernels.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Compiles the stand-in driver, its cuBLAS and the kernels with g++, once for the sources as they
/// are: the folder is named by their digest, and a lock lets other builds wait.
final class StandInBuild {
  private static final List<String> FLAGS =
      List.of(
          "-std=c++17",
          "-O2",
          "-fno-strict-aliasing",
          "-fPIC",
          "-fvisibility=hidden",
          "-Wall",
          "-Wextra",
          "-Werror",
          "-Wno-unknown-pragmas",
          "-DSEGUE_STAND_IN");

  private final Path kernels;
  private final Path driver;
  private final Path target;

  private StandInBuild(Path module) {
    kernels = module.resolve("src/main/cuda");
    driver = module.resolve("src/test/cuda");
    target = module.resolve("target/stand-in");
  }

  /// Returns the folder of the libraries, compiled now unless they are there.
  static Path folder() {
    try {
      return new StandInBuild(module()).build();
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

  private Path build() throws IOException {
    Path ready = target.resolve(SourceDigest.of(List.of(kernels, driver), FLAGS.toString()));
    Files.createDirectories(target);
    try (FileChannel channel =
            FileChannel.open(
                target.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.isDirectory(ready)) {
        Path unfinished = Files.createDirectories(Path.of(ready + ".unfinished"));
        compileAll(unfinished);
        Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return ready;
  }

  private void compileAll(Path folder) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(driver)) {
      files
          .filter(file -> file.toString().endsWith(".cpp") && !file.endsWith("cublas.cpp"))
          .sorted()
          .forEach(file -> sources.add(file.toString()));
    }
    List<String> arguments = new ArrayList<>(sources);
    arguments.addAll(
        List.of("-D__CUDA_ARCH__=900", "-DSTAND_IN_OWN_KERNELS", "-Wl,-soname,libcuda.so.1"));
    arguments.addAll(List.of("-x", "c++", driver.resolve("faulty.cu").toString()));
    arguments.addAll(List.of("-x", "none", "-ldl", "-pthread"));
    link(folder, "libcuda.so.1", arguments);

    for (int version : new int[] {12, 13}) {
      String name = "libcublas.so." + version;
      List<String> blas = new ArrayList<>();
      blas.addAll(List.of(driver.resolve("cublas.cpp").toString(), "-Wl,-soname," + name));
      blas.addAll(List.of("-D__CUDA_ARCH__=900", "-DSTAND_IN_CUBLAS=" + version));
      if (version == 12) {
        // JCuda's library asks for symbols of this version.
        blas.add("-Wl,--version-script=" + driver.resolve("libcublas12.map"));
      }
      linkToDriver(folder, name, blas);
    }
    for (int architecture : new int[] {75, 80, 90}) {
      linkToDriver(
          folder,
          "kernels_sm" + architecture + ".so",
          List.of(
              "-D__CUDA_ARCH__=" + architecture + "0",
              "-x",
              "c++",
              kernels.resolve("all.cu").toString(),
              "-x",
              "none"));
    }
  }

  private void linkToDriver(Path folder, String name, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("-L" + folder, "-l:libcuda.so.1", "-Wl,-rpath,$ORIGIN"));
    link(folder, name, all);
  }

  private void link(Path folder, String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("g++"));
    command.addAll(FLAGS);
    command.addAll(List.of("-I" + driver, "-I" + kernels, "-shared", "-Wl,--no-undefined"));
    command.addAll(List.of("-o", folder.resolve(name).toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code;
    try {
      code = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compiling " + name, e);
    }
    if (code != 0) {
      throw new IllegalStateException("stand-in: %s does not compile:%n%s".formatted(name, output));
    }
  }
}
