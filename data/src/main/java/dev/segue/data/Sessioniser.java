package dev.segue.data;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.stream.IntStream;

/// Makes sessions of the events of some sessions or users, step by step, and counts what each step
/// removes.
final class Sessioniser {
  private final EventPart part;
  private final EventColumns events;
  private final SessionPlan plan;
  private final EventGroups groups;
  private final SessionCounts counts = new SessionCounts();

  private Sessioniser(EventPart part, SessionPlan plan) {
    this.part = part;
    this.events = part.events();
    this.plan = plan;
    if (plan.isClockHeld()) {
      counts.heldTimes(part.holdClock());
    }
    int[] starts = events.startsBySession(part.keyCount());
    int[] keys = IntStream.range(0, part.keyCount()).toArray();
    groups = new EventGroups(events.groupedBySession(starts), starts, keys);
  }

  /// Makes sessions: sorts by time, events of one time as the file has them, and does what the plan
  /// says.
  static Sessioniser run(EventPart part, SessionPlan plan) {
    var sessioniser = new Sessioniser(part, plan);
    sessioniser.run();
    return sessioniser;
  }

  private void run() {
    // Without times the same row twice may be two events.
    if (plan.hasTimes()) {
      remove(SessionCounts.Step.DUPLICATES, DuplicateEvents.find(events, groups));
    }
    if (plan.isCut()) {
      cut();
    }
    counts.sessions(groups.count());
    if (plan.maxLength() > 0) {
      removeLong();
    }
    if (plan.dropsRepeats()) {
      removeRepeats();
    }
    if (plan.dwellCapMillis() >= 0) {
      deriveDwell();
    }
    int[] byStart = IntStream.range(0, groups.count()).toArray();
    StableSort.sort(byStart, 0, byStart.length, group -> time(groups.start(group)));
    groups.numberGroups();
    groups.arrange(byStart);
  }

  SessionCounts counts() {
    return counts;
  }

  /// Adds the sessions to a log in order of start, those of one start as their keys come first in
  /// the file.
  ///
  /// @param sink takes sessions and events
  /// @param rows takes for each session the row in which its key comes first
  void addTo(LogSink sink, ColumnWriter rows) {
    PackedStrings keys = part.keys();
    for (int group = 0; group < groups.count(); group++) {
      byte[] key = keys.bytes(groups.key(group));
      sink.session(plan.isCut() ? numbered(key, groups.number(group)) : key);
      rows.putLong(part.firstRow(groups.key(group)));
      for (int place = groups.start(group); place < groups.end(group); place++) {
        int event = groups.event(place);
        if (events.dwell(event) >= 0) {
          counts.dwellIsKnown();
        }
        sink.event(
            events.item(event), events.time(event), events.action(event), events.dwell(event));
      }
    }
  }

  /// Returns `ann-2` for the second session of `ann`.
  private static byte[] numbered(byte[] key, int number) {
    String id = new String(key, StandardCharsets.UTF_8) + "-" + number;
    return id.getBytes(StandardCharsets.UTF_8);
  }

  /// Starts a new session after a pause longer than the gap.
  private void cut() {
    var cuts = new BitSet();
    for (int group = 0; group < groups.count(); group++) {
      for (int place = groups.start(group) + 1; place < groups.end(group); place++) {
        if (time(place) - time(place - 1) > plan.gapMillis()) {
          cuts.set(place);
        }
      }
    }
    groups.cut(cuts);
  }

  private void removeLong() {
    var removed = new BitSet();
    for (int group = 0; group < groups.count(); group++) {
      if (groups.end(group) - groups.start(group) > plan.maxLength()) {
        removed.set(groups.start(group), groups.end(group));
      }
    }
    remove(SessionCounts.Step.LONG, removed);
  }

  /// Removes an event of the same item as the one before it, which gets its dwell on top.
  private void removeRepeats() {
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
    remove(SessionCounts.Step.REPEATS, removed);
  }

  /// Sets the dwell of every event but the last of a session to the time until the next one.
  private void deriveDwell() {
    for (int group = 0; group < groups.count(); group++) {
      for (int place = groups.start(group); place + 1 < groups.end(group); place++) {
        long until = Math.min(plan.dwellCapMillis(), time(place + 1) - time(place));
        events.setDwell(groups.event(place), (int) until);
      }
    }
  }

  private void remove(SessionCounts.Step step, BitSet places) {
    int before = groups.count();
    groups.remove(places);
    counts.removed(step, before - groups.count(), places.cardinality());
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
