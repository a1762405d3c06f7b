package dev.segue.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// Looks for numbers that a log cannot have. Checksums find what was damaged after writing; this
/// finds what another program wrote wrong. Columns are looked through one after the other, in
/// pieces that lie in the heap, which is some ten times faster than event by event.
final class LogContentCheck {
  private static final int PIECE = 1 << 14;

  private final MappedColumns columns;

  private LogContentCheck(MappedColumns columns) {
    this.columns = columns;
  }

  /// Returns what is wrong, or null.
  static @Nullable String problem(MappedColumns columns, int items, int actions) {
    var check = new LogContentCheck(columns);
    String problem = check.inSessions();
    if (problem == null) {
      problem = check.inInts(columns.items(), "item", 0, items - 1);
    }
    if (problem == null && columns.actions() != null) {
      problem = check.inActions(columns.actions(), actions);
    }
    if (problem == null && columns.dwells() != null) {
      problem = check.inInts(columns.dwells(), "dwell", -1, Integer.MAX_VALUE);
    }
    return problem == null && columns.times() != null ? check.inTimes() : problem;
  }

  private @Nullable String inSessions() {
    int sessions = columns.sessionCount();
    if (columns.start(0) != 0 || columns.start(sessions) != columns.eventCount()) {
      return "the sessions do not hold all events";
    }
    int last = 0;
    for (int session = 0; session < sessions; session++) {
      int end = columns.start(session + 1);
      if (end <= last || end > columns.eventCount()) {
        return "session %,d has no event".formatted(session);
      }
      last = end;
    }
    return null;
  }

  private @Nullable String inInts(MemorySegment column, String name, int least, int most) {
    int[] piece = new int[PIECE];
    for (long from = 0; from < columns.eventCount(); from += PIECE) {
      int length = (int) Math.min(PIECE, columns.eventCount() - from);
      MemorySegment.copy(column, MappedColumns.INT, from * Integer.BYTES, piece, 0, length);
      int smallest = Integer.MAX_VALUE;
      int largest = Integer.MIN_VALUE;
      for (int i = 0; i < length; i++) {
        smallest = Math.min(smallest, piece[i]);
        largest = Math.max(largest, piece[i]);
      }
      for (int i = 0; (smallest < least || largest > most) && i < length; i++) {
        if (piece[i] < least || piece[i] > most) {
          return "event %,d: %s %d, expected %d to %d"
              .formatted(from + i, name, piece[i], least, most);
        }
      }
    }
    return null;
  }

  private @Nullable String inActions(MemorySegment column, int actions) {
    byte[] piece = new byte[PIECE];
    for (long from = 0; from < columns.eventCount(); from += PIECE) {
      int length = (int) Math.min(PIECE, columns.eventCount() - from);
      MemorySegment.copy(column, ValueLayout.JAVA_BYTE, from, piece, 0, length);
      for (int i = 0; i < length; i++) {
        if ((piece[i] & 0xFF) >= actions) {
          return "event %,d: action %d, expected 0 to %d"
              .formatted(from + i, piece[i] & 0xFF, actions - 1);
        }
      }
    }
    return null;
  }

  private @Nullable String inTimes() {
    long sessionStart = Long.MIN_VALUE;
    for (int session = 0; session < columns.sessionCount(); session++) {
      int end = columns.start(session + 1);
      int event = columns.start(session);
      long time = columns.time(event);
      if (time < sessionStart) {
        return "session %,d starts before the one before it".formatted(session);
      }
      sessionStart = time;
      while (++event < end) {
        long next = columns.time(event);
        if (next < time) {
          return "event %,d: earlier than the one before it".formatted(event);
        }
        time = next;
      }
    }
    return null;
  }
}
