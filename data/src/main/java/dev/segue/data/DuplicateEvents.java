package dev.segue.data;

import java.util.BitSet;

/// Finds events that say the same in every column: a log that was delivered twice, not somebody who
/// came back in the same millisecond.
final class DuplicateEvents {
  private final EventColumns events;
  private final EventGroups groups;
  private final BitSet found = new BitSet();

  private DuplicateEvents(EventColumns events, EventGroups groups) {
    this.events = events;
    this.groups = groups;
  }

  /// Returns the places of events that repeat one before them; groups must be in order of time.
  static BitSet find(EventColumns events, EventGroups groups) {
    var duplicates = new DuplicateEvents(events, groups);
    for (int group = 0; group < groups.count(); group++) {
      int from = groups.start(group);
      while (from < groups.end(group)) {
        int to = from + 1;
        while (to < groups.end(group) && duplicates.time(to) == duplicates.time(from)) {
          to++;
        }
        if (to - from > 1) {
          duplicates.inRun(from, to);
        }
        from = to;
      }
    }
    return duplicates.found;
  }

  /// A whole day may be one time, so places are sorted by item and dwell; only the 256 actions are
  /// left to compare among those that agree.
  private void inRun(int from, int to) {
    int[] places = new int[to - from];
    for (int i = 0; i < places.length; i++) {
      places[i] = from + i;
    }
    StableSort.sort(places, 0, places.length, this::itemAndDwell);
    var actions = new BitSet();
    for (int i = 0; i < places.length; i++) {
      if (i > 0 && itemAndDwell(places[i]) != itemAndDwell(places[i - 1])) {
        actions.clear();
      }
      int action = events.action(groups.event(places[i])) & 0xFF;
      if (actions.get(action)) {
        found.set(places[i]);
      }
      actions.set(action);
    }
  }

  private long itemAndDwell(int place) {
    int event = groups.event(place);
    return (long) events.item(event) << Integer.SIZE | (events.dwell(event) & 0xFFFFFFFFL);
  }

  private long time(int place) {
    return events.time(groups.event(place));
  }
}
