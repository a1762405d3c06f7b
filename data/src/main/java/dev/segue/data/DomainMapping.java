package dev.segue.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says which columns of a source give the title, genre and so on of a domain's items.
///
/// The settings of its JSON file are those of the three that come with Segue, `movies.mapping.json`
/// and its neighbours among the resources, and are described in the module's README. Only `title`
/// is needed.
public final class DomainMapping {
  /// The IMDB movies as they are published.
  public static final DomainMapping MOVIES = bundled("movies");

  /// The Spotify tracks as they are published.
  public static final DomainMapping TRACKS = bundled("tracks");

  /// The Goodreads best books as they are published.
  public static final DomainMapping BOOKS = bundled("books");

  private final Settings settings;

  private DomainMapping(Settings settings) {
    this.settings = settings;
  }

  /// What a mapping file says.
  ///
  /// @param origin the file's name, or "" for one that comes with Segue
  /// @param domain the domain it is for, or null where it does not say
  /// @param joinsEqualKeys whether rows of one key are one item
  /// @param popularity one column or none
  /// @param zeroMeans what a popularity of 0 stands for, or ""
  /// @param timestamp one column or none
  /// @param dateFormat how dates are written, or null to keep them as they are
  /// @param compare more columns that tell rows apart
  /// @param skipIfEmpty a row in which all of these are empty is left out
  record Settings(
      String origin,
      @Nullable String domain,
      SourceColumns key,
      SourceColumns title,
      SourceColumns genre,
      SourceColumns description,
      SourceColumns creator,
      SourceColumns popularity,
      MissingPopularity missing,
      String zeroMeans,
      SourceColumns timestamp,
      @Nullable DateFormat dateFormat,
      boolean joinsEqualKeys,
      SourceColumns compare,
      SourceColumns skipIfEmpty) {

    /// Returns the names of all columns that it speaks of.
    List<String> columnNames() {
      List<String> names = new ArrayList<>();
      for (SourceColumns columns :
          List.of(
              key,
              title,
              genre,
              description,
              creator,
              popularity,
              timestamp,
              compare,
              skipIfEmpty)) {
        columns.columns().forEach(column -> names.add(column.name()));
      }
      return names;
    }
  }

  /// Reads a mapping file; what is wrong with it is a [DataException] with file, line and column.
  public static DomainMapping read(Path file) {
    return new DomainMapping(MappingReader.read(LocatedJson.read(file), file.toString()));
  }

  /// Returns the domain that the mapping is for, or null where its file does not say.
  public @Nullable String domain() {
    return settings.domain();
  }

  /// Returns what the file says.
  Settings settings() {
    return settings;
  }

  private static DomainMapping bundled(String name) {
    String resource = name + ".mapping.json";
    try (InputStream in =
            Objects.requireNonNull(DomainMapping.class.getResourceAsStream(resource), resource);
        var text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new DomainMapping(MappingReader.read(LocatedJson.read(resource, text), ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
