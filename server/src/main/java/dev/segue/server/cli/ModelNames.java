package dev.segue.server.cli;

import dev.segue.engine.NeighbourSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Names for model directories that stand in one table: the directory's own where it tells them
/// apart, else the path as it was given; never that of a baseline.
final class ModelNames {
  private static final List<String> COUNTING =
      List.of("popularity", "recent-popularity", "session-popularity", "markov", "content");

  private ModelNames() {}

  /// Returns the directories by name, in their order; a single one has an empty name, since its
  /// kind says enough.
  static SequencedMap<String, Path> of(List<Path> directories) {
    SequencedMap<String, Path> names = new LinkedHashMap<>();
    if (directories.size() == 1) {
      names.put("", directories.getFirst());
      return names;
    }
    Set<String> taken = new HashSet<>();
    Set<String> ambiguous = new HashSet<>();
    directories.forEach(path -> {
      if (!taken.add(own(path))) {
        ambiguous.add(own(path));
      }
    });
    for (Path path : directories) {
      String name = ambiguous.contains(own(path)) ? path.toString() : own(path);
      if (names.put(isBaseline(name) ? "model " + name : name, path) != null) {
        throw new UserMistake("--model: %s is given twice".formatted(path));
      }
    }
    return names;
  }

  private static String own(Path path) {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  private static boolean isBaseline(String name) {
    return COUNTING.contains(name) || NeighbourSettings.kinds().contains(name);
  }
}
