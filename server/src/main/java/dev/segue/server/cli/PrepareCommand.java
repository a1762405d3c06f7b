package dev.segue.server.cli;

import dev.segue.data.CataloguePreparation;
import dev.segue.data.CataloguePreparation.Prepared;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `segue prepare`.
@Command(
    name = "prepare",
    customSynopsis = {
      "segue prepare [--movies FILE] [--music FILE] [--books FILE] --out DIR",
      "       segue prepare --sample --out DIR"
    },
    description = {
      "Cleans public sets of movies, tracks and books and makes one catalogue of them.",
      "",
      "Each set is optional, but at least one is needed. Writes catalogue.csv and"
          + " cleaning-report.json, and prints what cleaning did."
    },
    footer = {
      "",
      "Examples:",
      "  segue prepare --sample --out catalogue",
      "  segue prepare --movies imdb_movies.csv --music dataset.csv --books goodreads_data.csv \\",
      "      --out catalogue"
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

  @Option(names = "--sample", description = "Take the sample that comes with Segue.")
  private boolean sample;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The directory to write.")
  private Path out = Path.of("");

  private final Terminal terminal;

  PrepareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Prepared prepared = sample ? prepareSample() : prepareFiles();
    prepared.write(out);
    terminal.print(prepared.report().toTable().stripTrailing());
    terminal.print(
        String.format(Locale.ROOT, "%,d items written to %s", prepared.catalogue().size(), out));
    return 0;
  }

  private Prepared prepareSample() {
    if (movies != null || music != null || books != null) {
      throw new UserMistake("--sample and files exclude each other, got both");
    }
    return new Sample().prepare();
  }

  private Prepared prepareFiles() {
    if (movies == null && music == null && books == null) {
      throw new UserMistake(
          "nothing to prepare, expected at least one of --movies, --music and --books, or --sample");
    }
    return CataloguePreparation.prepare(movies, music, books);
  }
}
