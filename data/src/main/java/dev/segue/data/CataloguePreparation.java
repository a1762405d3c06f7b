package dev.segue.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the public sets of movies, tracks and books, and files of any other domain with a mapping
/// of their columns, cleans them and makes one catalogue of them, each in the order of its file.
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

  /// Returns the catalogue of the three public sets.
  ///
  /// @param movies the IMDB movies, or null
  /// @param music the Spotify tracks, or null
  /// @param books the Goodreads books, or null
  public static Prepared prepare(
      @Nullable Path movies, @Nullable Path music, @Nullable Path books) {
    return prepare(publicSets(movies, music, books));
  }

  /// Returns the sources of those public sets that are given, movies first, then music, then books.
  ///
  /// @param movies the IMDB movies, or null
  /// @param music the Spotify tracks, or null
  /// @param books the Goodreads books, or null
  public static List<DomainSource> publicSets(
      @Nullable Path movies, @Nullable Path music, @Nullable Path books) {
    List<DomainSource> sources = new ArrayList<>();
    add(sources, movies, DomainMapping.MOVIES);
    add(sources, music, DomainMapping.TRACKS);
    add(sources, books, DomainMapping.BOOKS);
    return sources;
  }

  /// Returns the catalogue of sources of any domains, in their order.
  ///
  /// @param sources at least one; each of another domain
  public static Prepared prepare(List<DomainSource> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("prepare: no source, expected at least one, got none");
    }
    Set<String> domains = new HashSet<>();
    for (DomainSource source : sources) {
      if (!domains.add(source.domain())) {
        throw new IllegalArgumentException(
            "prepare: a domain has two sources, expected one file a domain, got \"%s\" twice"
                .formatted(source.domain()));
      }
    }
    List<Item> items = new ArrayList<>();
    List<SourceCleaning> cleaning = new ArrayList<>();
    for (DomainSource source : sources) {
      CatalogueSource.Result result = CatalogueSource.read(source);
      items.addAll(result.items());
      cleaning.add(result.cleaning());
    }
    return new Prepared(Catalogue.of(items), new CleaningReport(cleaning));
  }

  private static void add(List<DomainSource> sources, @Nullable Path file, DomainMapping mapping) {
    if (file != null) {
      sources.add(new DomainSource(Objects.requireNonNull(mapping.domain()), file, mapping));
    }
  }
}
