package dev.segue.engine;

import dev.segue.data.SessionLog;
import org.jspecify.annotations.Nullable;

/// Which targets an evaluation counts, and which items it ranks for each.
///
/// @param targets the targets that count
/// @param withinDomain whether a target is ranked among the items of its own domain alone, as
///   models of one domain do: the domain is taken for known
public record EvaluationScope(Targets targets, boolean withinDomain) {
  private static final long MILLIS_OF_DAY = 86_400_000L;

  /// All targets among all items.
  public static final EvaluationScope ALL = new EvaluationScope(Targets.ALL, false);

  /// Which targets count; all events are input in any case.
  public enum Targets {
    /// Every event after a session's first.
    ALL("all"),
    /// Those on a later day (UTC) than the event before: where times are days, the order within a
    /// day says nothing.
    NEXT_DAY("next-day"),
    /// Those whose item the first model was trained on.
    TRAINED("trained"),
    /// Those whose item the first model was not trained on.
    COLD("cold");

    private final String key;

    Targets(String key) {
      this.key = key;
    }

    /// Returns the name on the command line and in JSON.
    public String key() {
      return key;
    }

    /// Finds the targets of a name.
    ///
    /// @throws IllegalArgumentException with the known names
    public static Targets of(String key) {
      for (Targets targets : values()) {
        if (targets.key.equals(key)) {
          return targets;
        }
      }
      throw new IllegalArgumentException(
          "targets: expected all, next-day, trained or cold, got \"%s\"".formatted(key));
    }
  }

  /// Returns for people what is ranked and what counts.
  public String sentence() {
    String items = withinDomain ? "The items of the target's domain" : "All items";
    String counted =
        switch (targets) {
          case ALL -> "";
          case NEXT_DAY -> " Only targets of a later day than the event before count.";
          case TRAINED -> " Only items that the first model was trained on count as targets.";
          case COLD -> " Only items that the first model was not trained on count as targets.";
        };
    return items + " are ranked; ties count against the model." + counted;
  }

  /// Returns whether an event of a log counts.
  ///
  /// @param event not the first of its session
  /// @param item of the event in the first model, or [EvaluationTargets#UNKNOWN]
  /// @param support training events of each item of the first model, or null where they are not
  ///   known
  boolean counts(SessionLog log, int event, int item, int @Nullable [] support) {
    return switch (targets) {
      case ALL -> true;
      case NEXT_DAY -> day(log, event) > day(log, event - 1);
      case TRAINED -> isTrained(item, support);
      case COLD -> !isTrained(item, support);
    };
  }

  private static long day(SessionLog log, int event) {
    return Math.floorDiv(log.timeMillis(event), MILLIS_OF_DAY);
  }

  private boolean isTrained(int item, int @Nullable [] support) {
    if (support == null) {
      throw new IllegalArgumentException(
          "evaluate: targets=%s, expected a trained model, got one without training events"
              .formatted(targets.key));
    }
    return item != EvaluationTargets.UNKNOWN && support[item] > 0;
  }
}
