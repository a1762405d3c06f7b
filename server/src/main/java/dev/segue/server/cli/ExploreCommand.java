package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.data.ColumnMapping;
import dev.segue.data.SessionLogs;
import dev.segue.data.report.CatalogueStatistics;
import dev.segue.data.report.CleaningReports;
import dev.segue.data.report.SessionStatistics;
import dev.segue.server.report.ExploreReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `segue explore`.
@Command(
    name = "explore",
    customSynopsis = "segue explore [--catalogue DIR] [--sessions FILE] [--out FILE]",
    description = {
      "Explains a catalogue, a session log or both in one page with charts.",
      "",
      "The page needs no other file and no network. The charts also lie beside it as PNG files, in"
          + " a folder of the same name that ends in _files."
    },
    footer = {
      "",
      "Examples:",
      "  segue explore",
      "  segue explore --catalogue catalogue --sessions events.csv --out report.html",
      "  segue explore --sessions train.tsv --out sessions.html"
    })
final class ExploreCommand implements Callable<Integer> {
  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      description =
          "A directory written by 'segue prepare'. Default: "
              + DefaultPaths.CATALOGUE
              + ", if no sessions are given.")
  private @Nullable Path catalogue;

  @Option(
      names = "--sessions",
      paramLabel = "FILE",
      description = "A click log, as for 'segue train'.")
  private @Nullable Path sessions;

  @Option(
      names = "--columns",
      paramLabel = "KEY=NAME,...",
      description = "Names of columns of the log that are not recognised.")
  private String columns = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = DefaultPaths.REPORT,
      description = "The page to write. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of(DefaultPaths.REPORT);

  private final Terminal terminal;

  ExploreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.isDirectory(out)) {
      throw new UserMistake(out + ": is a directory, expected the name of a file");
    }
    // Charts are drawn into files: no display is needed, and on a server there is none.
    System.setProperty("java.awt.headless", "true");
    Path folder =
        catalogue == null && sessions == null ? Path.of(DefaultPaths.CATALOGUE) : catalogue;
    Catalogue items = folder == null ? null : Catalogue.read(folder);
    int pictures =
        new ExploreReport(
                items == null || folder == null ? null : describe(items, folder),
                sessions == null ? null : describe(sessions, items),
                subtitle(folder))
            .write(out);
    terminal.print(
        "%s written, with %d charts as PNG files in %s"
            .formatted(out, pictures, ExploreReport.picturesOf(out)));
    return 0;
  }

  private static CatalogueStatistics describe(Catalogue items, Path folder) {
    if (items.size() == 0) {
      throw new UserMistake(folder + ": the catalogue has no items");
    }
    return CatalogueStatistics.of(items, CleaningReports.read(folder));
  }

  private SessionStatistics describe(Path log, @Nullable Catalogue items) {
    ColumnMapping mapping = columns.isBlank() ? ColumnMapping.none() : ColumnMapping.parse(columns);
    return SessionStatistics.of(SessionLogs.read(log, mapping), items);
  }

  private String subtitle(@Nullable Path folder) {
    List<String> parts = new ArrayList<>();
    if (folder != null) {
      parts.add("Catalogue " + name(folder));
    }
    if (sessions != null) {
      parts.add("sessions " + name(sessions));
    }
    parts.add("made by segue explore on " + LocalDate.now(java.time.ZoneId.systemDefault()));
    return String.join(" · ", parts);
  }

  /// The page may be shown to others, whom the folders of this machine do not concern.
  private static String name(Path path) {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }
}
