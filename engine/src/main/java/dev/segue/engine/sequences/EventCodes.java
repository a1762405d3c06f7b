package dev.segue.engine.sequences;

import dev.segue.data.SessionLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers the dwell times and the actions that a network takes as input.
///
/// | dwell | number |
/// |---|---|
/// | not known (negative) | 0 |
/// | below 2 s | 1 |
/// | 2 s to below 4 s, and so on, each class twice as wide as the one before | 2 to 9 |
/// | 512 s or more | 10 |
///
/// Action number 0 is any that training did not have; the others follow in their order.
public final class EventCodes {
  /// Classes of dwell time.
  public static final int DWELLS = 11;

  private static final long FIRST_BOUND_MILLIS = 2000;

  private final boolean dwell;
  private final List<String> actions;
  private final Map<String, Integer> numbers = new HashMap<>();

  /// Makes codes.
  ///
  /// @param dwell whether dwell times are taken
  /// @param actions the actions that are told apart; none when actions are not taken
  public EventCodes(boolean dwell, List<String> actions) {
    this.dwell = dwell;
    this.actions = List.copyOf(actions);
    for (int i = 0; i < actions.size(); i++) {
      numbers.put(actions.get(i), i + 1);
    }
  }

  /// Returns codes that take nothing but items.
  public static EventCodes none() {
    return new EventCodes(false, List.of());
  }

  /// Returns whether nothing but items is taken.
  public boolean areNone() {
    return !dwell && actions.isEmpty();
  }

  /// Returns the actions that are told apart.
  public List<String> actions() {
    return actions;
  }

  /// Returns the rows of the table of dwell times, 0 when they are not taken.
  public int dwellRows() {
    return dwell ? DWELLS : 0;
  }

  /// Returns the rows of the table of actions, 0 when they are not taken.
  public int actionRows() {
    return actions.isEmpty() ? 0 : actions.size() + 1;
  }

  /// Returns the class of a dwell time.
  public static int dwell(long millis) {
    if (millis < 0) {
      return 0;
    }
    int code = 1;
    for (long bound = FIRST_BOUND_MILLIS; code < DWELLS - 1 && millis >= bound; bound *= 2) {
      code++;
    }
    return code;
  }

  /// Returns the number of an action.
  public int action(String action) {
    return numbers.getOrDefault(action, 0);
  }

  /// Makes room for the features of some events.
  public EventFeatures allocate(int events) {
    return new EventFeatures(new int[dwell ? events : 0], new int[actions.isEmpty() ? 0 : events]);
  }

  /// Writes down what is known of an event.
  ///
  /// @param features from [#allocate]
  /// @param row which event of them it is
  public void put(EventFeatures features, int row, long dwellMillis, String action) {
    if (dwell) {
      features.dwells()[row] = dwell(dwellMillis);
    }
    if (!actions.isEmpty()) {
      features.actions()[row] = action(action);
    }
  }

  /// As [#put] with what a log says about an event.
  void put(EventFeatures features, int row, SessionLog log, int event) {
    put(features, row, log.dwellMillis(event), log.action(event));
  }
}
