package dev.segue.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/// Writes a [SyntheticModel] in a process of its own: arguments are its directory, its number of
/// items, and the name of the contender that will read it.
public final class SyntheticModelWriter {
  private SyntheticModelWriter() {}

  /// Writes the directory.
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    SyntheticModel.write(directory, Integer.parseInt(args[1]));
    for (Contender contender : Contender.values()) {
      if (contender.name().equals(args[2])) {
        Peer.of(contender).writeModel(directory);
      }
    }
  }
}
