package dev.segue.kernels.cuda;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The folders that drivers, toolkits and Python packages put NVIDIA's libraries into, outside the
/// loader's path.
///
/// @param root of the file system
/// @param architecture as in the names of folders: `x86_64`
/// @param environment variables
record CudaFolders(Path root, String architecture, Map<String, String> environment) {
  /// Returns those of this machine.
  static CudaFolders here() {
    String machine = System.getProperty("os.arch");
    String architecture = machine.equals("amd64") ? "x86_64" : machine;
    return new CudaFolders(Path.of("/"), architecture, System.getenv());
  }

  /// Returns where a driver's `libcuda` may be: distributions, WSL, containers, NixOS, and at last
  /// the toolkit's newer one for older drivers, which only some devices take.
  List<Path> driver() {
    return Stream.of(
            "usr/lib/" + architecture + "-linux-gnu",
            "usr/lib/" + architecture + "-linux-gnu/nvidia/current",
            "usr/lib64",
            "usr/lib/wsl/lib",
            "usr/local/nvidia/lib64",
            "run/opengl-driver/lib",
            "usr/local/cuda/compat")
        .map(root::resolve)
        .toList();
  }

  /// Returns where cuBLAS may be: toolkits, the one of that version first, then Python's packages.
  ///
  /// @param version 13 or 12
  List<Path> cublas(int version) {
    List<Path> folders = new ArrayList<>();
    toolkits(version)
        .forEach(toolkit -> {
          folders.add(toolkit.resolve("lib64"));
          folders.add(toolkit.resolve("targets/" + target() + "-linux/lib"));
        });
    folders.add(root.resolve("usr/lib/" + architecture + "-linux-gnu"));
    variable("CONDA_PREFIX").map(prefix -> prefix.resolve("lib")).forEach(folders::add);
    // Python's packages for CUDA 13 share a folder, those for CUDA 12 have one each.
    String wheel = version == 12 ? "nvidia/cublas/lib" : "nvidia/cu" + version + "/lib";
    packages()
        .forEach(packages -> {
          folders.add(packages.resolve(wheel));
          folders.add(packages.resolve("torch/lib"));
        });
    return List.copyOf(folders);
  }

  private Stream<Path> toolkits(int version) {
    Stream<Path> named = Stream.of("CUDA_HOME", "CUDA_PATH").flatMap(this::variable);
    Stream<Path> installed =
        children(root.resolve("usr/local"), "cuda-" + version + "*").stream()
            .sorted(Comparator.reverseOrder());
    Stream<Path> usual = Stream.of("usr/local/cuda", "opt/cuda").map(root::resolve);
    return Stream.of(named, installed, usual).flatMap(paths -> paths).distinct();
  }

  /// The toolkit calls 64-bit ARM servers otherwise than Linux does.
  private String target() {
    return architecture.equals("aarch64") ? "sbsa" : architecture;
  }

  private Stream<Path> packages() {
    Stream<Path> own =
        Stream.of("VIRTUAL_ENV", "CONDA_PREFIX")
            .flatMap(this::variable)
            .flatMap(prefix -> pythons(prefix.resolve("lib"), "site-packages"));
    Stream<Path> user =
        variable("HOME").flatMap(home -> pythons(home.resolve(".local/lib"), "site-packages"));
    Stream<Path> shared =
        Stream.of(
                pythons(root.resolve("usr/local/lib"), "dist-packages"),
                pythons(root.resolve("usr/local/lib"), "site-packages"),
                pythons(root.resolve("usr/local/lib64"), "site-packages"),
                Stream.of(root.resolve("usr/lib/python3/dist-packages")),
                pythons(root.resolve("opt/conda/lib"), "site-packages"))
            .flatMap(paths -> paths);
    return Stream.of(own, user, shared).flatMap(paths -> paths).distinct();
  }

  private static Stream<Path> pythons(Path lib, String packages) {
    return children(lib, "python3*").stream().map(python -> python.resolve(packages));
  }

  private Stream<Path> variable(String name) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? Stream.empty() : Stream.of(Path.of(value));
  }

  private static List<Path> children(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, glob)) {
      children.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that may not be read holds no library that could be loaded.
      return List.of();
    }
    return found;
  }
}
