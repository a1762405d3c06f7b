package dev.segue.server.cli;

import dev.segue.data.SessionLog;
import dev.segue.engine.Continuation;
import dev.segue.engine.EpochResult;
import dev.segue.engine.NeighbourResult;
import dev.segue.engine.NeighbourSettings;
import dev.segue.engine.Settings;
import dev.segue.engine.TrainingListener.Plan;
import dev.segue.engine.TrainingResult;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `segue train` says at its end.
final class TrainingSummary {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final Terminal terminal;

  TrainingSummary(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Prints the summary.
  void print(
      Path file,
      SessionLog log,
      Settings settings,
      @Nullable Plan plan,
      TrainingResult result,
      Path out) {
    data(file, log);
    if (plan != null) {
      row(
          "split",
          text("%,d sessions to train", plan.trainSessions())
              + text(", the last %,d by time to validate", plan.validationSessions()));
      row("model", sizes(settings) + text(", %,d parameters", plan.parameters()));
      row("backend", plan.backend());
    }
    Continuation continuation = result.continuation();
    if (continuation != null) {
      row(
          "went on",
          text("%,d known items", continuation.knownItems())
              + text(", %,d new ones", continuation.newItems())
              + text(" (%,d begin at similar items' weights)", continuation.fromContent()));
    }
    row("epochs", epochs(settings, plan, result));
    row("time", text("%,.1f s", result.seconds()));
    row("written", out.toString());
  }

  /// Prints the summary of a neighbourhood model.
  void print(
      Path file, SessionLog log, NeighbourSettings settings, NeighbourResult result, Path out) {
    data(file, log);
    row("model", settings.kind() + ", " + words(settings.asMap()));
    row(
        "index",
        text("%,d sessions", result.keptSessions())
            + text(" of %,d", result.sessions())
            + text(", %,.1f MB", result.indexBytes() / BYTES_PER_MEGABYTE)
            + text(", %.1f bytes an event", (double) result.indexBytes() / log.eventCount()));
    row("time", text("%,.1f s", result.seconds()));
    row("written", out.toString());
  }

  private void data(Path file, SessionLog log) {
    row(
        "data",
        file
            + text(": %,d sessions", log.sessionCount())
            + text(", %,d events", log.eventCount())
            + text(", %,d items", log.items().size()));
  }

  private static String words(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String sizes(Settings settings) {
    Map<String, String> all = settings.asMap();
    return "embedding %s, GRU %s × %s"
        .formatted(all.get("embedding"), all.get("layers"), all.get("hidden"));
  }

  private static String epochs(Settings settings, @Nullable Plan plan, TrainingResult result) {
    String ran =
        "%d of at most %s".formatted(result.epochs().size(), settings.asMap().get("epochs"));
    for (EpochResult epoch : result.epochs()) {
      if (epoch.epoch() == result.bestEpoch()) {
        return "%s, the best is %d (%s %s)"
            .formatted(
                ran,
                epoch.epoch(),
                TrainingProgress.validation(plan),
                TrainingProgress.loss(epoch.validationLoss()));
      }
    }
    return ran;
  }

  private void row(String label, String value) {
    terminal.print("%-8s  %s".formatted(label, value));
  }

  private static String text(String format, Number value) {
    return String.format(Locale.ROOT, format, value);
  }
}
