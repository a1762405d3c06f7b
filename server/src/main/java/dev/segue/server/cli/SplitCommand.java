package dev.segue.server.cli;

import dev.segue.data.FilterStep;
import dev.segue.data.Item;
import dev.segue.data.ItemSelection;
import dev.segue.data.SessionFilter;
import dev.segue.data.SessionFilter.FilteredSplit;
import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import dev.segue.data.Split;
import dev.segue.data.TieBreak;
import dev.segue.data.TimeSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
      "  segue split --sessions events.csv --cold-items 0.1 --out cold",
      "  segue split --sessions clicks.segue-log --format segue-log --out split"
    })
final class SplitCommand implements Callable<Integer> {
  /// A session of one event has nothing to learn from.
  private static final int SHORTEST = 2;

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
      names = "--domain",
      split = ",",
      paramLabel = "NAME,...",
      description =
          "Keep only the events of these domains in both files, once everything else is done: to"
              + " train on one domain alone and test on the sessions of all.")
  private List<String> domains = new ArrayList<>();

  @Option(
      names = "--cold-items",
      paramLabel = "SHARE",
      description =
          "Also take all events of this share of the items out of train.csv, drawn at random, and"
              + " list them in cold-items.txt: how are items found that training never saw?")
  private @Nullable Double coldItems;

  @Option(
      names = "--shuffle-ties",
      description =
          "Put events of a session that share a time into random order first: where times are days"
              + " their order in the file is an artefact.")
  private boolean shuffleTies;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Of --cold-items and --shuffle-ties. Default: ${DEFAULT-VALUE}.")
  private long seed;

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
  public Integer call() throws IOException {
    if (share != null && days != null) {
      throw new UserMistake("--test and --test-days exclude each other, got both");
    }
    if (!FORMAT.matcher(format).matches()) {
      throw new UserMistake(
          ("--format: expected csv, tsv, jsonl, each also with .gz or .zst, parquet or segue-log,"
                  + " got \"%s\"")
              .formatted(format));
    }
    if (coldItems != null && !(coldItems > 0 && coldItems < 1)) {
      throw new UserMistake("--cold-items: expected a share above 0 and below 1, got " + coldItems);
    }
    SessionLog log = sessions.read(terminal);
    Split split = split(shuffleTies ? TieBreak.shuffle(log, seed, out) : log);
    split = withoutColdItems(ofDomains(split));
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

  private Split ofDomains(Split split) {
    if (domains.isEmpty()) {
      return split;
    }
    Set<String> known = new TreeSet<>();
    for (String id : split.train().items().ids()) {
      known.add(Item.ofId(id).domain());
    }
    if (!known.containsAll(domains)) {
      throw new UserMistake(
          "--domain: expected some of %s, got %s"
              .formatted(String.join(", ", known), String.join(", ", domains)));
    }
    return new Split(
        ofDomains(split.train()), ofDomains(split.validation()), ofDomains(split.test()));
  }

  private SessionLog ofDomains(SessionLog log) {
    return ItemSelection.keep(log, id -> domains.contains(Item.ofId(id).domain()), SHORTEST, out);
  }

  private Split withoutColdItems(Split split) throws IOException {
    if (coldItems == null) {
      return split;
    }
    Set<String> cold = new LinkedHashSet<>(ItemSelection.sample(split.train(), coldItems, seed));
    SessionLog train = ItemSelection.keep(split.train(), id -> !cold.contains(id), SHORTEST, out);
    Path file = out.resolve("cold-items.txt");
    OutputFile.write(
        file,
        writer -> {
          for (String id : cold) {
            writer.append(id).append('\n');
          }
        });
    terminal.print(
        String.format(
            Locale.ROOT,
            "cold   %,d items, %,d events taken out of train, written to %s",
            cold.size(),
            split.train().eventCount() - train.eventCount(),
            file));
    return new Split(train, split.validation(), split.test());
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
