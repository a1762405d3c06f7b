package dev.segue.server.cli;

import dev.segue.data.CataloguePreparation;
import dev.segue.data.DomainSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sample of movies, tracks and books that lies beside the sources. The launcher says where
/// those are in the property `segue.home`; without it, it is looked for from the current directory
/// upwards.
final class Sample {
  private final Path directory;

  Sample() {
    Path found = find();
    if (found == null) {
      throw new UserMistake(
          "--sample: no folder data/sample here or above; start segue with its launcher");
    }
    directory = found;
  }

  /// Returns its three sources.
  List<DomainSource> sources() {
    return CataloguePreparation.publicSets(
        directory.resolve("imdb_movies.csv"),
        directory.resolve("spotify_tracks.csv"),
        directory.resolve("goodreads_books.csv"));
  }

  private static @Nullable Path find() {
    String home = System.getProperty("segue.home");
    if (home != null) {
      return Path.of(home, "data", "sample");
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("data").resolve("sample");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
