package dev.segue.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects a log of a known size in arrays.
final class HeapSink implements LogSink {
  private final int[] starts;
  private final int[] items;
  private final long @Nullable [] times;
  private final byte @Nullable [] actions;
  private final int @Nullable [] dwells;
  private final PackedStrings.Appender ids = new PackedStrings.Appender();
  private int sessions;
  private int events;

  /// @param like has the columns that the new log has
  HeapSink(LogColumns like, int sessionCount, int eventCount) {
    starts = new int[sessionCount + 1];
    items = new int[eventCount];
    times = like.hasTimes() ? new long[eventCount] : null;
    actions = like.hasActions() ? new byte[eventCount] : null;
    dwells = like.hasDwell() ? new int[eventCount] : null;
  }

  @Override
  public void session(byte[] id) {
    starts[sessions++] = events;
    ids.append(id);
  }

  @Override
  public void event(int item, long timeMillis, int action, int dwellMillis) {
    items[events] = item;
    if (times != null) {
      times[events] = timeMillis;
    }
    if (actions != null) {
      actions[events] = (byte) action;
    }
    if (dwells != null) {
      dwells[events] = dwellMillis;
    }
    events++;
  }

  @Override
  public LogColumns finish() {
    Arrays.fill(starts, sessions, starts.length, events);
    return new HeapColumns(ids.pack(), starts, items, times, actions, dwells);
  }
}
