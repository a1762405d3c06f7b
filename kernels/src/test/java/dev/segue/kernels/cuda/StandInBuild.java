package dev.segue.kernels.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Builds the stand-in driver and the kernels for it once for the sources as they are: folders are
/// named by their digest, and a lock lets other builds wait.
final class StandInBuild {
  private final StandInSources sources;
  private final Path target;
  private final Path driver;

  private StandInBuild(Path module) {
    sources = new StandInSources(module.resolve("src/main/cuda"), module.resolve("src/test/cuda"));
    target = module.resolve("target/stand-in");
    driver = once("driver-" + sources.driverDigest(), sources::compileDriver);
  }

  /// Builds the driver, unless it is there.
  static StandInBuild now() {
    return new StandInBuild(module());
  }

  /// Returns the folder of `libcuda.so.1` and both `libcublas`.
  Path driver() {
    return driver;
  }

  /// Returns the folder of the kernels, `kernels_sm90.so` and so on; built now unless it is there.
  Path kernels() {
    return once(
        "kernels-" + sources.kernelsDigest(), folder -> sources.compileKernels(folder, driver));
  }

  /// Returns the folder of the kernels with a check before every access, and of the stand-in's own,
  /// `own.so`; built now unless it is there.
  Path checkedKernels() {
    return once(
        "checked-" + sources.kernelsDigest(), folder -> sources.compileChecked(folder, driver));
  }

  /// Brings driver and kernels together in one folder, `all-`, for programs that know no more than
  /// where the driver lies: the stand-in looks for kernels beside itself.
  void bringTogether() {
    Path plain = kernels();
    String digests = sources.driverDigest() + "-" + sources.kernelsDigest();
    once("all-" + digests, folder -> link(folder, List.of(driver, plain)));
  }

  private static void link(Path folder, List<Path> parts) throws IOException {
    for (Path part : parts) {
      for (Path file : SourceDigest.files(part, "")) {
        Path link = folder.resolve(file.getFileName());
        if (!file.toString().endsWith(".o") && !Files.exists(link)) {
          Files.createLink(link, file);
        }
      }
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
    void fill(Path folder) throws IOException;
  }

  /// A folder that has its name is whole.
  private Path once(String name, Step step) {
    Path ready = target.resolve(name);
    try {
      Files.createDirectories(target);
      try (FileChannel channel =
              FileChannel.open(
                  target.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        if (!Files.isDirectory(ready)) {
          Path unfinished = Files.createDirectories(target.resolve(name + ".unfinished"));
          step.fill(unfinished);
          Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return ready;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
