package dev.segue.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes sessions of raw events, step by step, and notes what each step removes.
final class Sessioniser {
  private final RawEvents raw;
  private final EventColumns events;
  private final EventGroups groups;
  private final boolean hasTimes;
  private final List<FilterStep> steps = new ArrayList<>();

  /// Sorts the events of each session or user by time, those of one time as the file has them.
  Sessioniser(RawEvents raw, boolean hasTimes) {
    this.raw = raw;
    this.events = raw.events();
    this.hasTimes = hasTimes;
    int[] starts = events.startsBySession(raw.keyCount());
    int[] keys = IntStream.range(0, raw.keyCount()).toArray();
    groups = new EventGroups(events.groupedBySession(starts), starts, keys);
    events.freeSessions();
  }

  List<FilterStep> steps() {
    return steps;
  }

  int sessionCount() {
    return groups.count();
  }

  /// Removes exact duplicates. Without times the same row twice may be two events.
  void removeDuplicates() {
    if (hasTimes) {
      remove("exact duplicates of an event", DuplicateEvents.find(events, groups));
    }
  }

  /// Starts a new session after a pause longer than the gap.
  void cut(long gapMillis) {
    var cuts = new BitSet();
    for (int group = 0; group < groups.count(); group++) {
      for (int place = groups.start(group) + 1; place < groups.end(group); place++) {
        if (time(place) - time(place - 1) > gapMillis) {
          cuts.set(place);
        }
      }
    }
    groups.cut(cuts);
  }

  void removeLong(int maxLength) {
    var removed = new BitSet();
    for (int group = 0; group < groups.count(); group++) {
      if (groups.end(group) - groups.start(group) > maxLength) {
        removed.set(groups.start(group), groups.end(group));
      }
    }
    remove("sessions of more events than " + maxLength, removed);
  }

  /// Removes an event of the same item as the one before it, which gets its dwell on top.
  void removeRepeats() {
    var removed = new BitSet();
    for (int group = 0; group < groups.count(); group++) {
      int first = groups.event(groups.start(group));
      for (int place = groups.start(group) + 1; place < groups.end(group); place++) {
        int event = groups.event(place);
        if (events.item(event) == events.item(first)) {
          removed.set(place);
          events.setDwell(first, sum(events.dwell(first), events.dwell(event)));
        } else {
          first = event;
        }
      }
    }
    remove("an item that follows itself", removed);
  }

  /// Sets the dwell of every event but the last of a session to the time until the next one.
  void deriveDwell(long capMillis) {
    for (int group = 0; group < groups.count(); group++) {
      for (int place = groups.start(group); place + 1 < groups.end(group); place++) {
        long until = Math.min(capMillis, time(place + 1) - time(place));
        events.setDwell(groups.event(place), (int) until);
      }
    }
  }

  /// Returns the sessions in order of start; afterwards this is spent.
  ///
  /// @param isNumbered whether ids get a number, `ann-2` for the second session of `ann`
  SessionLog finish(boolean isNumbered, boolean hasDwell) {
    PackedStrings ids = ids(isNumbered);
    int[] byStart = IntStream.range(0, groups.count()).toArray();
    StableSort.sort(byStart, 0, byStart.length, group -> time(groups.start(group)));
    groups.arrange(byStart);
    boolean hasActions = raw.actions().names().size() > 1;
    int[] order = groups.order();
    return new SessionLog(
        raw.items(),
        raw.actions().names(),
        ids.select(byStart),
        groups.starts(),
        events.takeItems(order),
        hasTimes ? events.takeTimes(order) : null,
        hasActions ? events.takeActions(order) : null,
        dwells(order, hasDwell));
  }

  private int @Nullable [] dwells(int[] order, boolean hasDwell) {
    int[] dwells = events.takeDwells(order);
    boolean isAnyKnown = hasDwell && IntStream.of(dwells).anyMatch(dwell -> dwell >= 0);
    return isAnyKnown ? dwells : null;
  }

  private PackedStrings ids(boolean isNumbered) {
    PackedStrings keys = raw.keys();
    var ids = new PackedStrings.Numbering();
    int number = 0;
    for (int group = 0; group < groups.count(); group++) {
      boolean isSame = group > 0 && groups.key(group) == groups.key(group - 1);
      number = isSame ? number + 1 : 1;
      String key = keys.get(groups.key(group));
      ids.number(isNumbered ? key + "-" + number : key);
    }
    return ids.pack();
  }

  private void remove(String name, BitSet places) {
    int before = groups.count();
    groups.remove(places);
    if (!places.isEmpty()) {
      steps.add(new FilterStep(name, 0, before - groups.count(), places.cardinality()));
    }
  }

  private long time(int place) {
    return events.time(groups.event(place));
  }

  private static int sum(int dwell, int more) {
    if (dwell < 0 || more < 0) {
      return Math.max(dwell, more);
    }
    return (int) Math.min(Integer.MAX_VALUE, (long) dwell + more);
  }
}
