package dev.segue.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Finds the public data sets that lie beside the project on a developer's machine.
final class PublicData {
  private PublicData() {}

  /// Returns a file of the data sets; the test is skipped where it is not there.
  static Path file(String path) {
    String configured = System.getProperty("SEGUE_DATASETS", System.getenv("SEGUE_DATASETS"));
    Path folder = configured == null ? besideRepository() : Path.of(configured);
    Path file = folder.resolve(path);
    Assumptions.assumeTrue(
        Files.exists(file), "skipped: no " + file + "; set SEGUE_DATASETS to the data sets");
    return file;
  }

  private static Path besideRepository() {
    Path folder = Path.of("").toAbsolutePath();
    for (Path up = folder; up != null; up = up.getParent()) {
      Path beside = up.resolve("shared/datasets");
      if (Files.isDirectory(beside)) {
        return beside;
      }
    }
    return folder.resolve("../shared/datasets");
  }
}
