package dev.segue.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the public sets of movies, tracks and books, cleans them and makes one catalogue of them:
/// movies first, then music, then books, each in the order of its file.
///
/// The columns may stand in any order and more of them may be there. A missing file, a file that is
/// no table, a missing column that is needed, and a file most of whose rows cannot be used are a
/// [DataException]; single rows that cannot be used are left out and counted in the report.
public final class CataloguePreparation {
  private CataloguePreparation() {}

  /// What preparing gave.
  ///
  /// @param catalogue the items of all files given
  /// @param report what cleaning did
  public record Prepared(Catalogue catalogue, CleaningReport report) {
    /// Writes `catalogue.csv` and `cleaning-report.json` into a directory that is made if missing;
    /// each file appears whole or not at all.
    public void write(Path directory) {
      catalogue.write(directory);
      report.write(directory);
    }
  }

  /// Returns the catalogue of the files given.
  ///
  /// @param movies the IMDB movies, or null
  /// @param music the Spotify tracks, or null
  /// @param books the Goodreads books, or null
  public static Prepared prepare(
      @Nullable Path movies, @Nullable Path music, @Nullable Path books) {
    if (movies == null && music == null && books == null) {
      throw new IllegalArgumentException(
          "prepare: no source, expected at least one of movies, music and books, got none");
    }
    List<CatalogueSource.Result> results = new ArrayList<>();
    if (movies != null) {
      results.add(CatalogueSource.read("Movie", movies, MovieSource::new));
    }
    if (music != null) {
      results.add(CatalogueSource.read("Music", music, TrackSource::new));
    }
    if (books != null) {
      results.add(CatalogueSource.read("Book", books, BookSource::new));
    }
    return new Prepared(
        Catalogue.of(results.stream().flatMap(result -> result.items().stream()).toList()),
        new CleaningReport(results.stream().map(CatalogueSource.Result::cleaning).toList()));
  }
}
