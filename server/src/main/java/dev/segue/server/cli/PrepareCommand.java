package dev.segue.server.cli;

import dev.segue.data.CataloguePreparation;
import dev.segue.data.CataloguePreparation.Prepared;
import dev.segue.data.DomainSource;
import dev.segue.data.fetch.PublicSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue prepare`.
@Command(
    name = "prepare",
    customSynopsis = {
      "segue prepare [--movies FILE] [--music FILE] [--books FILE] [--out DIR]",
      "       segue prepare --domain NAME=FILE --mapping FILE [--out DIR]",
      "       segue prepare --sample [--out DIR]"
    },
    description = {
      "Cleans files of movies, tracks, books and any other items and makes one catalogue of them.",
      "",
      "Each set is optional; without any, what 'segue fetch' left in "
          + DefaultPaths.DOWNLOADS
          + " is taken. Writes catalogue.csv and cleaning-report.json, and prints what cleaning"
          + " did.",
      "",
      "A mapping names columns of a file; only title is needed, and column may be a list:",
      "  {\"domain\": \"Podcast\", \"key\": \"show_id\", \"title\": \"show\",",
      "   \"genre\": {\"column\": \"categories\", \"separator\": \"|\"}, \"description\": \"about\",",
      "   \"popularity\": {\"column\": \"subscribers\", \"missing\": \"median\"}, \"creator\": \"hosts\",",
      "   \"timestamp\": {\"column\": \"since\", \"format\": \"dd.MM.yyyy\"}}",
      "All settings: data/README.md"
    },
    footer = {
      "",
      "Examples:",
      "  segue fetch && segue prepare",
      "  segue prepare --sample --out catalogue",
      "  segue prepare --movies imdb_movies.csv --music dataset.csv --books goodreads_data.csv \\",
      "      --out catalogue",
      "  segue prepare --domain Podcast=podcasts.csv --mapping podcast.mapping.json --out catalogue"
    })
final class PrepareCommand implements Callable<Integer> {
  @Option(
      names = "--movies",
      paramLabel = "FILE",
      description = "IMDB movies: names, date_x, score, genre, overview, crew and so on.")
  private @Nullable Path movies;

  @Option(
      names = "--music",
      paramLabel = "FILE",
      description =
          "Spotify tracks: track_id, artists, track_name, popularity, track_genre and so on.")
  private @Nullable Path music;

  @Option(
      names = "--books",
      paramLabel = "FILE",
      description = "Goodreads books: Book, Author, Description, Genres, Num_Ratings and so on.")
  private @Nullable Path books;

  @Mixin private DomainOptions domains = new DomainOptions();

  @Option(names = "--sample", description = "Take the sample that comes with Segue.")
  private boolean sample;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = DefaultPaths.CATALOGUE,
      description = "The directory to write. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of(DefaultPaths.CATALOGUE);

  private final Terminal terminal;

  PrepareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Prepared prepared = CataloguePreparation.prepare(sources());
    prepared.write(out);
    terminal.print(prepared.report().toTable().stripTrailing());
    terminal.print(
        String.format(Locale.ROOT, "%,d items written to %s", prepared.catalogue().size(), out));
    return 0;
  }

  private List<DomainSource> sources() {
    List<DomainSource> sources = new ArrayList<>(publicSets());
    List<DomainSource> own = domains.sources();
    for (DomainSource source : own) {
      if (sources.stream().anyMatch(other -> other.domain().equals(source.domain()))) {
        throw new UserMistake(
            "--domain %s: there is another source of that domain, expected one file a domain"
                .formatted(source.domain()));
      }
    }
    sources.addAll(own);
    return sources;
  }

  private List<DomainSource> publicSets() {
    boolean isNamed = movies != null || music != null || books != null;
    if (sample && isNamed) {
      throw new UserMistake("--sample and files of its domains exclude each other, got both");
    }
    if (sample) {
      return new Sample().sources();
    }
    return isNamed || !domains.isEmpty()
        ? CataloguePreparation.publicSets(movies, music, books)
        : downloads();
  }

  private static List<DomainSource> downloads() {
    List<Path> files =
        PublicSources.at(PublicSources.HUGGING_FACE).stream()
            .map(source -> Path.of(DefaultPaths.DOWNLOADS, source.fileName()))
            .toList();
    if (files.stream().noneMatch(Files::exists)) {
      throw new UserMistake(
          "nothing to prepare, expected at least one of --movies, --music, --books and --domain,"
              + " --sample, or what 'segue fetch' leaves in "
              + DefaultPaths.DOWNLOADS);
    }
    return CataloguePreparation.publicSets(
        ifThere(files.get(0)), ifThere(files.get(1)), ifThere(files.get(2)));
  }

  private static @Nullable Path ifThere(Path file) {
    return Files.exists(file) ? file : null;
  }
}
