package dev.segue.server.cli;

import dev.segue.data.ColumnMapping;
import dev.segue.data.ImportSettings;
import dev.segue.data.SessionFilter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how raw events become sessions.
final class ImportOptions {
  @Option(
      names = "--columns",
      paramLabel = "KEY=NAME,...",
      description =
          "Names of columns that are not recognised: user=visitor,item=sku,time=ts and so on; keys:"
              + " session, user, item, time, action, dwell, domain.")
  private String columns = "";

  @Option(
      names = "--actions",
      paramLabel = "OLD=NEW,...",
      description =
          "New names of actions, such as view=Clicked; an empty one, such as shown=, leaves the"
              + " events out.")
  private String actions = "";

  @Option(
      names = "--gap",
      paramLabel = "TIME",
      converter = DurationText.class,
      description =
          "A longer pause starts a new session: 90s, 30m, 1h, 2d. Default: 1h for users, none where"
              + " the log has sessions.")
  private @Nullable Duration gap;

  @Option(
      names = "--ordered",
      description =
          "The file is in order of time: a time that goes back is a fault of the clock, and gets"
              + " the time of the event before it.")
  private boolean isOrdered;

  @Option(
      names = "--dwell-cap",
      paramLabel = "TIME",
      converter = DurationText.class,
      description =
          "Without a column for it, dwell is the time until the next event, at most this; 0s leaves"
              + " it unknown. Default: 30m.")
  private Duration dwellCap = Duration.ofMinutes(30);

  @Option(
      names = "--min-support",
      paramLabel = "N",
      description = "Remove items with fewer events; 1 keeps all. Default: 5.")
  private int minSupport = 5;

  @Option(
      names = "--min-length",
      paramLabel = "N",
      description = "Remove sessions with fewer events; 1 keeps all. Default: 2.")
  private int minLength = 2;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Remove sessions with more events, which are robots; 0 keeps all. Default: 0.")
  private int maxLength;

  @Option(
      names = "--drop-repeats",
      description = "Remove an item that follows itself; its dwell goes to the one that stays.")
  private boolean dropsRepeats;

  /// Returns the settings of these options.
  ImportSettings settings() {
    return new ImportSettings(
        ColumnMapping.parse(columns),
        actions(),
        gap,
        isOrdered,
        dwellCap,
        maxLength,
        new SessionFilter(minSupport, minLength, dropsRepeats));
  }

  private Map<String, String> actions() {
    Map<String, String> names = new LinkedHashMap<>();
    if (actions.isBlank()) {
      return names;
    }
    for (String part : actions.split(",", -1)) {
      int cut = part.indexOf('=');
      if (cut < 1) {
        throw new UserMistake(
            "--actions: expected OLD=NEW pairs such as view=Clicked,shown=, got \"" + part + "\"");
      }
      if (names.put(part.substring(0, cut).strip(), part.substring(cut + 1).strip()) != null) {
        throw new UserMistake("--actions: expected each action once, got \"" + part + "\" again");
      }
    }
    return names;
  }
}
