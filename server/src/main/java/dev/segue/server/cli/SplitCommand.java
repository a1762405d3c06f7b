package dev.segue.server.cli;

import dev.segue.data.FilterStep;
import dev.segue.data.SessionFilter;
import dev.segue.data.SessionFilter.FilteredSplit;
import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import dev.segue.data.Split;
import dev.segue.data.TimeSplit;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue split`.
@Command(
    name = "split",
    customSynopsis = "segue split --sessions FILE --out DIR [OPTIONS]",
    description = {
      "Holds the last sessions out, so that a model can be measured honestly.",
      "",
      "Splits by the start of sessions, never at random and never through a session, checks that"
          + " nothing leaks, and writes train.csv and test.csv. A log without times is split by its"
          + " order."
    },
    footer = {
      "",
      "Examples:",
      "  segue split --sessions events.csv --test 0.1 --out split",
      "  segue split --sessions clicks.csv --test-days 1 --filter --out split",
      "  segue split --sessions clicks.segue-log --format segue-log --out split"
    })
final class SplitCommand implements Callable<Integer> {
  private static final Pattern FORMAT =
      Pattern.compile("segue-log|parquet|(csv|tsv|jsonl)(\\.(gz|zst))?");

  @Mixin private SessionsOptions sessions = new SessionsOptions();

  @Option(
      names = "--test",
      paramLabel = "SHARE",
      description = "Share of the sessions to hold out. Default: 0.1.")
  private @Nullable Double share;

  @Option(
      names = "--test-days",
      paramLabel = "DAYS",
      description = "Hold out the sessions of the last days instead.")
  private @Nullable Double days;

  @Option(
      names = "--filter",
      description =
          "Remove what cannot be learned: repeats, items with fewer than five training events,"
              + " sessions of one event.")
  private boolean filter;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The directory to write.")
  private Path out = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "ENDING",
      defaultValue = "csv",
      description =
          "The ending of the two files, which says their format: csv, tsv, jsonl, each also with"
              + " .gz or .zst, parquet, or segue-log, which is mapped and so the one for large"
              + " logs. Default: ${DEFAULT-VALUE}.")
  private String format = "csv";

  private final Terminal terminal;

  SplitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (share != null && days != null) {
      throw new UserMistake("--test and --test-days exclude each other, got both");
    }
    if (!FORMAT.matcher(format).matches()) {
      throw new UserMistake(
          ("--format: expected csv, tsv, jsonl, each also with .gz or .zst, parquet or segue-log,"
                  + " got \"%s\"")
              .formatted(format));
    }
    Split split = split(sessions.read(terminal));
    requireTest(split.test());
    write("train", split.train());
    write("test", split.test());
    terminal.print(
        "No session is in both files, and no test session starts before a training one.");
    return 0;
  }

  private Split split(SessionLog log) {
    Split split =
        days == null
            ? TimeSplit.byShare(log, 0, share == null ? 0.1 : share)
            : TimeSplit.byLastDays(log, 0, days);
    // Before the filter: a session that loses its first event to it seems to start later.
    TimeSplit.checkNoLeak(split);
    if (!filter) {
      return split;
    }
    FilteredSplit filtered = SessionFilter.usual().apply(split, out);
    for (FilterStep step : filtered.steps()) {
      terminal.print(
          String.format(Locale.ROOT, "removed  %,d events: %s", step.events(), step.name()));
    }
    return filtered.split();
  }

  private static void requireTest(SessionLog test) {
    if (test.sessionCount() == 0) {
      throw new UserMistake("nothing is held out, expected a larger --test or --test-days");
    }
  }

  private void write(String name, SessionLog part) {
    Path file = out.resolve(name + "." + format);
    SessionLogs.write(part, file);
    terminal.print("%-5s  %s%s, written to %s".formatted(name, sizes(part), period(part), file));
  }

  private static String sizes(SessionLog part) {
    return String.format(
        Locale.ROOT, "%,d sessions, %,d events", part.sessionCount(), part.eventCount());
  }

  /// Sessions stand in order of their start.
  private static String period(SessionLog part) {
    return part.hasTimes() && part.sessionCount() > 0
        ? ", starting " + startOf(part, 0) + " to " + startOf(part, part.sessionCount() - 1)
        : "";
  }

  private static String startOf(SessionLog part, int session) {
    return Instant.ofEpochMilli(part.timeMillis(part.start(session)))
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }
}
