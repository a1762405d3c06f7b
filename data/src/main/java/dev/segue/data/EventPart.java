package dev.segue.data;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The events of some sessions or users, all of each, in columns and in the order of the file.
final class EventPart {
  private final boolean hasTimes;
  private final boolean hasDwell;
  private final EventColumns events;
  private final PackedStrings.Numbering keys = new PackedStrings.Numbering();
  private long[] firstRows = new long[16];
  private int knownKeys;
  private long row = -1;

  EventPart(int eventCount, boolean hasTimes, boolean hasDwell) {
    this.hasTimes = hasTimes;
    this.hasDwell = hasDwell;
    events = EventColumns.ofSize(eventCount);
  }

  /// Adds the records of a chunk, as [EventSpill] writes them.
  void add(ByteBuffer in) {
    while (in.hasRemaining()) {
      row += variable(in) + 1;
      int length = (int) variable(in);
      int from = in.arrayOffset() + in.position();
      int key = keys.number(in.array(), from, from + length);
      in.position(in.position() + length);
      if (key == knownKeys) {
        firstRows = key < firstRows.length ? firstRows : Arrays.copyOf(firstRows, key * 2);
        firstRows[key] = row;
        knownKeys++;
      }
      int item = (int) variable(in);
      byte action = in.get();
      long time = hasTimes ? in.getLong() : SessionLog.NO_TIME;
      events.add(key, item, time, action, hasDwell ? in.getInt() : -1);
    }
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

  /// Returns the row of the file in which a key occurs first.
  long firstRow(int key) {
    return firstRows[key];
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

  private static long variable(ByteBuffer in) {
    long number = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      number |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return number;
  }
}
