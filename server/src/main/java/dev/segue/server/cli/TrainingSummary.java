package dev.segue.server.cli;

import dev.segue.data.SessionLog;
import dev.segue.engine.EpochResult;
import dev.segue.engine.Settings;
import dev.segue.engine.TrainingListener.Plan;
import dev.segue.engine.TrainingResult;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `segue train` says at its end.
final class TrainingSummary {
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
    row(
        "data",
        file
            + text(": %,d sessions", log.sessionCount())
            + text(", %,d events", log.eventCount())
            + text(", %,d items", log.items().size()));
    if (plan != null) {
      row(
          "split",
          text("%,d sessions to train", plan.trainSessions())
              + text(", the last %,d by time to validate", plan.validationSessions()));
      row("model", sizes(settings) + text(", %,d parameters", plan.parameters()));
      row("backend", plan.backend());
    }
    row("epochs", epochs(settings, plan, result));
    row("time", text("%,.1f s", result.seconds()));
    row("written", out.toString());
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
