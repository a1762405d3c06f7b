package dev.segue.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/// Writes a [SyntheticModel] in a process of its own: arguments are its directory and its number of
/// items.
public final class SyntheticModelWriter {
  private SyntheticModelWriter() {}

  /// Writes the directory.
  public static void main(String[] args) throws IOException {
    SyntheticModel.write(Path.of(args[0]), Integer.parseInt(args[1]));
  }
}
