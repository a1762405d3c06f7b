package dev.segue.engine;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The CUDA backend on the stand-in driver that the tests of `kernels` compile.
final class StandInGpu {
  private static final Path BUILDS = Path.of("..", "kernels", "target", "stand-in");

  private StandInGpu() {}

  /// Opens the backend with 32-bit products.
  static Backend open() {
    Path folder = folder();
    System.setProperty("segue.cuda.driver", folder.resolve("libcuda.so.1").toString());
    System.setProperty("segue.cuda.cublas", folder.resolve("libcublas.so.13").toString());
    System.setProperty("segue.cuda.precision", "float32");
    try {
      return Backends.open(BackendChoice.CUDA);
    } finally {
      System.clearProperty("segue.cuda.driver");
      System.clearProperty("segue.cuda.cublas");
      System.clearProperty("segue.cuda.precision");
    }
  }

  private static Path folder() {
    Optional<Path> newest = newest();
    if (newest.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail("no stand-in driver in kernels/target, expected where CI=true: test kernels first");
    }
    assumeTrue(
        newest.isPresent(),
        "skipped: no stand-in driver in kernels/target; the tests of kernels make it with g++");
    return newest.orElseThrow().toAbsolutePath().normalize();
  }

  private static Optional<Path> newest() {
    if (!Files.isDirectory(BUILDS)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(BUILDS)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("all-"))
          .filter(folder -> !folder.toString().endsWith(".unfinished"))
          .max(Comparator.comparingLong(folder -> folder.toFile().lastModified()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
