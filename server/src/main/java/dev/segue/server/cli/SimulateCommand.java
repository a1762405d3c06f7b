package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import dev.segue.data.SessionSimulator;
import dev.segue.data.SessionSimulator.Mode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `segue simulate`.
@Command(
    name = "simulate",
    customSynopsis = "segue simulate --catalogue DIR --out FILE [OPTIONS]",
    description = {
      "Makes sessions of people who do not exist, for trying things out.",
      "",
      "Mode taste: people with tastes walk along the shelves, with dwell and times; a model can learn"
          + " that. Mode uniform: the mission's, every item once in a random session; nothing in it"
          + " can be learned but by heart. Neither says how good recommendations are for real people."
    },
    footer = {
      "",
      "Example:",
      "  segue simulate --catalogue catalogue --sessions 6000 --seed 42 --out events.csv"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final Pattern MISSION_FILE = Pattern.compile("(?i)\\.csv(\\.gz|\\.zst)?$");

  @Option(
      names = "--catalogue",
      required = true,
      paramLabel = "DIR",
      description = "A directory written by 'segue prepare'.")
  private Path catalogue = Path.of("");

  @Option(
      names = "--mode",
      paramLabel = "NAME",
      defaultValue = "taste",
      description = "taste or uniform. Default: ${DEFAULT-VALUE}.")
  private String mode = "taste";

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "" + SessionSimulator.DEFAULT_SESSIONS,
      description = "How many sessions. Default: ${DEFAULT-VALUE}.")
  private int sessions;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "The same seed gives the same sessions. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--mission-columns",
      description =
          "Write the mission's session_events.csv, ten columns with all about the item; mode uniform"
              + " always does.")
  private boolean missionColumns;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The file to write: .csv, .tsv, .jsonl, .txt, each also with .gz or .zst, .parquet or"
              + " .segue-log.")
  private Path out = Path.of("");

  private final Terminal terminal;

  SimulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Mode chosen = Mode.parse(mode);
    boolean isMission = missionColumns || chosen == Mode.UNIFORM;
    if (isMission && !MISSION_FILE.matcher(out.toString()).find()) {
      throw new UserMistake(
          "--out: the mission's columns are written as CSV, expected a name that ends with .csv,"
              + " .csv.gz or .csv.zst, got %s".formatted(out));
    }
    SessionLogs.requireName(out);
    Catalogue items = Catalogue.read(catalogue);
    SessionLog log = SessionSimulator.simulate(chosen, items, sessions, seed);
    if (isMission) {
      SessionLogs.writeMission(log, items, out);
    } else {
      SessionLogs.write(log, out);
    }
    terminal.print(
        String.format(
            Locale.ROOT,
            "%,d sessions, %,d events over %,d items written to %s",
            log.sessionCount(),
            log.eventCount(),
            items.size(),
            out));
    return 0;
  }
}
