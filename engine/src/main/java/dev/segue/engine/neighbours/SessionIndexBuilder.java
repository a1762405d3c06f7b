package dev.segue.engine.neighbours;

import dev.segue.data.SessionLog;
import java.util.Arrays;

/// Builds a [SessionIndex] from a log in two passes over the sessions, most recent first: the first
/// counts, so that the second fills arrays of the right size.
public final class SessionIndexBuilder {
  private static final int SECOND_MILLIS = 1000;
  private static final int SESSION_BITS = 31;

  /// The part of the sessions, the most recent ones, over which [SessionIndex.Columns#recent]
  /// counts.
  private static final int RECENT_PART = 10;

  /// The time that a log without times is taken to span, in seconds: 100 days.
  private static final double UNTIMED_SPAN_SECONDS = 100 * 86_400.0;

  private final SessionLog log;
  private final int[] numbers;
  private final int items;
  private final int bound;
  private final int maxLength;
  private final int[] lastSeen;
  private int[] distinct = new int[64];
  private int[] support = new int[0];
  private int[] recent = new int[0];
  private int keptItems;
  private int keptRepeats;
  private int knownEvents;
  private long firstMillis = Long.MAX_VALUE;
  private long unitMillis = SECOND_MILLIS;

  private SessionIndexBuilder(SessionLog log, int[] numbers, int items, int bound, int maxLength) {
    this.log = log;
    this.numbers = numbers;
    this.items = items;
    this.bound = bound;
    this.maxLength = maxLength;
    lastSeen = new int[items];
  }

  /// Builds an index.
  ///
  /// @param log the sessions; how recent one is is told by its last event, among equals by the
  ///   order of the log. A log without times is taken to span 100 days, its sessions evenly spread.
  /// @param numbers the index's number of each item of the log, or a negative one to leave it out
  /// @param items V, above all numbers
  /// @param bound most sessions listed for one item
  /// @param maxLength most items, and most events, kept of one session, the last ones
  public static SessionIndex build(
      SessionLog log, int[] numbers, int items, int bound, int maxLength) {
    if (bound < 1 || maxLength < 1) {
      throw new IllegalArgumentException(
          "session index: bound and max length, expected at least 1, got %d and %d"
              .formatted(bound, maxLength));
    }
    return new SessionIndexBuilder(log, numbers, items, bound, maxLength).build();
  }

  private SessionIndex build() {
    int[] order = mostRecentFirst();
    int[] listed = new int[items];
    boolean[] kept = count(order, listed);
    int[] listOffsets = new int[items + 1];
    for (int item = 0; item < items; item++) {
      listOffsets[item + 1] = Math.addExact(listOffsets[item], listed[item]);
    }
    return fill(order, kept, listOffsets);
  }

  /// Returns the sessions by the time of their last event, latest first.
  private int[] mostRecentFirst() {
    int sessions = log.sessionCount();
    long lastMillis = Long.MIN_VALUE;
    for (int s = 0; s < sessions; s++) {
      firstMillis = Math.min(firstMillis, endMillis(s));
      lastMillis = Math.max(lastMillis, endMillis(s));
    }
    // The time in the upper bits and the session in the lower ones sort without objects; seconds
    // are fine enough unless the log spans more than 136 years.
    unitMillis = Math.max(SECOND_MILLIS, ((lastMillis - firstMillis) >>> Integer.SIZE) + 1);
    long[] keys = new long[sessions];
    for (int s = 0; s < sessions; s++) {
      keys[s] = units(s) << SESSION_BITS | s;
    }
    Arrays.sort(keys);
    int[] order = new int[sessions];
    for (int i = 0; i < sessions; i++) {
      order[i] = (int) keys[sessions - 1 - i] & Integer.MAX_VALUE;
    }
    return order;
  }

  /// Returns the end of a session, counted from the first end of all.
  private long units(int session) {
    return (endMillis(session) - firstMillis) / unitMillis;
  }

  private long endMillis(int session) {
    int end = log.end(session);
    return end == log.start(session) ? 0 : log.timeMillis(end - 1);
  }

  /// Counts listings by item and returns which sessions, in the order given, are listed at all.
  private boolean[] count(int[] order, int[] listed) {
    support = new int[items];
    recent = new int[items];
    boolean[] kept = new boolean[order.length];
    int recentSessions = Math.ceilDiv(order.length, RECENT_PART);
    for (int i = 0; i < order.length; i++) {
      int count = distinct(order[i], i);
      for (int d = 0; d < count; d++) {
        int item = distinct[d];
        support[item]++;
        recent[item] += i < recentSessions ? 1 : 0;
        if (d < maxLength && listed[item] < bound) {
          listed[item]++;
          kept[i] = true;
        }
      }
      keptItems += kept[i] ? Math.min(maxLength, count) : 0;
      keptRepeats = Math.addExact(keptRepeats, kept[i] ? repeatedEvents(count) : 0);
    }
    return kept;
  }

  /// Returns how many events are kept of the session whose distinct items were found last: none
  /// where no item occurs again.
  private int repeatedEvents(int distinctItems) {
    return knownEvents == distinctItems ? 0 : Math.min(maxLength, knownEvents);
  }

  /// Copies the last known events of a session in their order.
  private void copyEvents(int session, int count, int[] events, int from) {
    int place = from + count;
    for (int event = log.end(session) - 1; place > from; event--) {
      int item = numbers[log.item(event)];
      if (item >= 0) {
        events[--place] = item;
      }
    }
  }

  /// Finds the distinct items of a session, the last first, and returns how many there are; also
  /// counts its known events.
  private int distinct(int session, int visit) {
    int count = 0;
    knownEvents = 0;
    for (int event = log.end(session) - 1; event >= log.start(session); event--) {
      int item = numbers[log.item(event)];
      knownEvents += item >= 0 ? 1 : 0;
      if (item >= 0 && lastSeen[item] != visit + 1) {
        lastSeen[item] = visit + 1;
        if (count == distinct.length) {
          distinct = Arrays.copyOf(distinct, 2 * count);
        }
        distinct[count++] = item;
      }
    }
    return count;
  }

  private SessionIndex fill(int[] order, boolean[] kept, int[] listOffsets) {
    Arrays.fill(lastSeen, 0);
    int[] next = Arrays.copyOf(listOffsets, items);
    int[] lists = new int[listOffsets[items]];
    int[] sessionOffsets = new int[order.length + 1];
    int[] sessionItems = new int[keptItems];
    int[] ages = new int[order.length];
    int[] repeatOffsets = new int[order.length + 1];
    int[] repeatEvents = new int[keptRepeats];
    int session = 0;
    int size = 0;
    for (int i = 0; i < order.length; i++) {
      if (!kept[i]) {
        continue;
      }
      int all = distinct(order[i], i);
      int count = Math.min(maxLength, all);
      int repeated = repeatedEvents(all);
      copyEvents(order[i], repeated, repeatEvents, repeatOffsets[session]);
      repeatOffsets[session + 1] = repeatOffsets[session] + repeated;
      for (int d = count - 1; d >= 0; d--) {
        int item = distinct[d];
        sessionItems[size++] = item;
        if (next[item] < listOffsets[item + 1]) {
          lists[next[item]++] = session;
        }
      }
      ages[session] = ageSeconds(order, i);
      sessionOffsets[++session] = size;
    }
    return new SessionIndex(
        bound,
        new SessionIndex.Columns(
            listOffsets,
            lists,
            Arrays.copyOf(sessionOffsets, session + 1),
            sessionItems,
            Arrays.copyOf(ages, session),
            support,
            recent,
            new int[] {order.length}),
        new SessionIndex.Repeats(Arrays.copyOf(repeatOffsets, session + 1), repeatEvents));
  }

  private int ageSeconds(int[] order, int i) {
    if (!log.hasTimes()) {
      return (int) (UNTIMED_SPAN_SECONDS * i / Math.max(1, order.length - 1));
    }
    long seconds = (units(order[0]) - units(order[i])) * (unitMillis / SECOND_MILLIS);
    return (int) Math.min(seconds, Integer.MAX_VALUE);
  }
}
