package dev.segue.data;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Columns in arrays.
record HeapColumns(
    PackedStrings sessionIds,
    int[] starts,
    int[] items,
    long @Nullable [] times,
    byte @Nullable [] actions,
    int @Nullable [] dwells)
    implements LogColumns {

  @Override
  public int sessionCount() {
    return starts.length - 1;
  }

  @Override
  public int eventCount() {
    return items.length;
  }

  @Override
  public int start(int session) {
    return starts[session];
  }

  @Override
  public int item(int event) {
    return items[event];
  }

  @Override
  public boolean hasTimes() {
    return times != null;
  }

  @Override
  public boolean hasActions() {
    return actions != null;
  }

  @Override
  public boolean hasDwell() {
    return dwells != null;
  }

  @Override
  public long time(int event) {
    return times == null ? 0 : times[event];
  }

  @Override
  public int action(int event) {
    return actions == null ? 0 : actions[event] & 0xFF;
  }

  @Override
  public int dwell(int event) {
    return dwells == null ? -1 : dwells[event];
  }

  @Override
  public String sessionId(int session) {
    return sessionIds.get(session);
  }

  @Override
  public byte[] sessionIdBytes(int session) {
    return sessionIds.bytes(session);
  }

  @Override
  public LogColumns slice(int from, int to) {
    Objects.checkFromToIndex(from, to, sessionCount());
    int first = starts[from];
    int end = starts[to];
    int[] sliced = Arrays.copyOfRange(starts, from, to + 1);
    for (int i = 0; i < sliced.length; i++) {
      sliced[i] -= first;
    }
    return new HeapColumns(
        sessionIds.slice(from, to),
        sliced,
        Arrays.copyOfRange(items, first, end),
        times == null ? null : Arrays.copyOfRange(times, first, end),
        actions == null ? null : Arrays.copyOfRange(actions, first, end),
        dwells == null ? null : Arrays.copyOfRange(dwells, first, end));
  }

  @Override
  public long sizeInBytes() {
    return sessionIds.sizeInBytes()
        + (long) Integer.BYTES * (starts.length + items.length)
        + (times == null ? 0 : (long) Long.BYTES * times.length)
        + (actions == null ? 0 : actions.length)
        + (dwells == null ? 0 : (long) Integer.BYTES * dwells.length);
  }
}
