package dev.segue.data;

import java.util.Arrays;
import java.util.Map;

/// Raw events in columns, in the order of the file, before they are sessions.
final class RawEvents implements EventSink {
  private static final int IGNORED = -1;

  private final Map<String, String> newActions;
  private final EventColumns events = new EventColumns();
  private final PackedStrings.Numbering keys = new PackedStrings.Numbering();
  private final PackedStrings.Numbering items = new PackedStrings.Numbering();
  private final ActionCodes actions = new ActionCodes();
  private String lastKey = "";
  private int lastKeyNumber = IGNORED;
  private int leftOut;

  RawEvents(Map<String, String> newActions) {
    this.newActions = newActions;
  }

  @Override
  public void add(String key, String item, long timeMillis, String action, int dwellMillis) {
    String named = newActions.getOrDefault(action, action);
    if (named.isEmpty() && !action.isEmpty()) {
      leftOut++;
      return;
    }
    if (lastKeyNumber < 0 || !key.equals(lastKey)) {
      lastKeyNumber = keys.number(key);
      lastKey = key;
    }
    events.add(lastKeyNumber, items.number(item), timeMillis, actions.code(named), dwellMillis);
  }

  EventColumns events() {
    return events;
  }

  int keyCount() {
    return keys.size();
  }

  PackedStrings keys() {
    return keys.pack();
  }

  Vocabulary items() {
    return Vocabulary.of(items.pack().toList());
  }

  ActionCodes actions() {
    return actions;
  }

  /// Returns the number of events left out for their action.
  int leftOut() {
    return leftOut;
  }

  /// Gives each event that is earlier than the one before it of its session or user that one's
  /// time, and returns how many there were.
  int holdClock() {
    long[] latest = new long[keys.size()];
    Arrays.fill(latest, Long.MIN_VALUE);
    int count = 0;
    for (int event = 0; event < events.size(); event++) {
      int key = events.session(event);
      if (events.time(event) < latest[key]) {
        events.setTime(event, latest[key]);
        count++;
      }
      latest[key] = events.time(event);
    }
    return count;
  }
}
