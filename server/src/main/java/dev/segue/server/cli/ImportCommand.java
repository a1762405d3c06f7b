package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.data.FilterStep;
import dev.segue.data.ImportReport;
import dev.segue.data.ImportSettings;
import dev.segue.data.LogImport;
import dev.segue.data.LogImport.Imported;
import dev.segue.data.Quarantine;
import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue import`.
@Command(
    name = "import",
    customSynopsis = "segue import --input FILE --out FILE [OPTIONS]",
    description = {
      "Makes sessions of your own click log.",
      "",
      "Events are grouped by a column of sessions, else by user and pause; rows may come in any"
          + " order. Exact duplicates, rows that cannot be used, rare items and short sessions are"
          + " removed and counted: the table goes to standard output and, as JSON, into a file"
          + " named like the output with .report.json after it.",
      "",
      "The file may be larger than memory: what does not fit lies in temporary files in the folder of"
          + " the output meanwhile, some 55 bytes for each event."
    },
    footer = {
      "",
      "Examples:",
      "  segue import --input clicks.csv --out events.csv",
      "  segue import --input raw.jsonl.gz --columns user=visitor,item=sku,time=ts --gap 30m \\",
      "      --actions view=Clicked,shown= --quarantine bad-rows.csv --out events.segue-log"
    })
final class ImportCommand implements Callable<Integer> {
  private static final double MANY = 0.5;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description =
          "Raw events: CSV, TSV, JSON Lines, plain, .gz or .zst, Parquet, or a .segue-log.")
  private Path input = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The log to write: .segue-log, which is mapped and not read and so the one for large"
              + " logs; .csv, .tsv, .jsonl or .txt, each also with .gz or .zst; or .parquet.")
  private Path out = Path.of("");

  @Mixin private ImportOptions options = new ImportOptions();

  @Option(
      names = "--quarantine",
      paramLabel = "FILE",
      description = "Keep the rows that cannot be used here, as CSV, with their reasons.")
  private @Nullable Path quarantine;

  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      description = "Count the items that this catalogue lacks. They stay in the log.")
  private @Nullable Path catalogue;

  private final Terminal terminal;

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    refuseToOverwriteInput();
    SessionLogs.requireName(out);
    ImportSettings settings = options.settings();
    Catalogue items = catalogue == null ? null : Catalogue.read(catalogue);
    Imported imported =
        quarantine == null
            ? LogImport.read(input, settings, row -> {}, workFolder())
            : Quarantine.around(
                quarantine, rows -> LogImport.read(input, settings, rows, workFolder()));
    ImportReport report = counted(imported, items);
    print(report);
    warn(imported);
    if (report.events() == 0) {
      throw new UserMistake(
          "nothing is left, expected events after filtering: try a smaller --min-support or"
              + " --min-length");
    }
    SessionLogs.write(imported.log(), out);
    report.write(reportFile());
    terminal.print("written to %s, the report to %s".formatted(out, reportFile()));
    return 0;
  }

  /// Two of the files under one name would cost the user one of them.
  private void refuseToOverwriteInput() {
    Set<Path> files = new HashSet<>();
    for (Path file : Arrays.asList(input, out, reportFile(), quarantine)) {
      if (file != null && !files.add(real(file))) {
        throw new UserMistake(
            "--input, --out, its report and --quarantine: expected different files, got " + file);
      }
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException notThereYet) {
      return file.toAbsolutePath().normalize();
    }
  }

  /// Temporary files lie where the output will need room anyway.
  private Path workFolder() {
    return Objects.requireNonNull(out.toAbsolutePath().getParent());
  }

  private Path reportFile() {
    return Path.of(out + ".report.json");
  }

  private static ImportReport counted(Imported imported, @Nullable Catalogue items) {
    if (items == null) {
      return imported.report();
    }
    SessionLog log = imported.log();
    boolean[] isUnknown = new boolean[log.items().size()];
    long unknown = 0;
    for (int item = 0; item < isUnknown.length; item++) {
      isUnknown[item] = items.indexOf(log.items().id(item)) < 0;
      unknown += isUnknown[item] ? 1 : 0;
    }
    long events =
        IntStream.range(0, log.eventCount()).filter(event -> isUnknown[log.item(event)]).count();
    return imported
        .report()
        .with("items that the catalogue lacks", unknown)
        .with("their events", events);
  }

  private void print(ImportReport report) {
    var table = new TextTable();
    table.add(List.of("", "events", "items", "sessions"));
    table.add(List.of("rows read", count(report.rows())));
    for (FilterStep step : report.steps()) {
      table.add(
          List.of(
              "removed: " + step.name(),
              count(-step.events()),
              step.items() == 0 ? "" : count(-step.items()),
              step.sessions() == 0 ? "" : count(-step.sessions())));
    }
    table.add(
        List.of("kept", count(report.events()), count(report.items()), count(report.sessions())));
    table.lines().forEach(terminal::print);
    report.counts().forEach((name, count) -> terminal.print(name + ": " + count(count)));
  }

  private void warn(Imported imported) {
    long rejected = imported.rejected().count();
    if (rejected == 0) {
      return;
    }
    boolean isMuch = rejected > MANY * imported.report().rows();
    terminal.tell(
        String.format(
            Locale.ROOT,
            "%s%,d of %,d rows cannot be used%s; the first: %s",
            isMuch ? "warning: most rows are lost, look at the columns: " : "",
            rejected,
            imported.report().rows(),
            quarantine == null ? "" : " and are kept in " + quarantine,
            imported.rejected().examples().getFirst().message()));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
