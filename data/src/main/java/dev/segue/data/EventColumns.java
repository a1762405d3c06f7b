package dev.segue.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Events in the order in which they came, in chunks, so that growing never copies what is there
/// and a finished column's chunks can be freed one after the other.
final class EventColumns {
  private static final int CHUNK_BITS = 14;

  private final int bits;
  private final int mask;
  private final List<int[]> sessions = new ArrayList<>();
  private final List<int[]> items = new ArrayList<>();
  private final List<long[]> times = new ArrayList<>();
  private final List<byte[]> actions = new ArrayList<>();
  private final List<int[]> dwells = new ArrayList<>();
  private int size;

  /// Makes columns for any number of events.
  EventColumns() {
    this(CHUNK_BITS);
  }

  private EventColumns(int bits) {
    this.bits = bits;
    mask = (1 << bits) - 1;
  }

  /// Makes columns for few or many events, which few do not make large.
  static EventColumns ofSize(int events) {
    int needed = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, events - 1));
    return new EventColumns(Math.min(CHUNK_BITS, needed));
  }

  int size() {
    return size;
  }

  void add(int session, int item, long timeMillis, byte action, int dwellMillis) {
    int offset = size & mask;
    int chunk = size >>> bits;
    if (offset == 0) {
      sessions.add(new int[mask + 1]);
      items.add(new int[mask + 1]);
      times.add(new long[mask + 1]);
      actions.add(new byte[mask + 1]);
      dwells.add(new int[mask + 1]);
    }
    sessions.get(chunk)[offset] = session;
    items.get(chunk)[offset] = item;
    times.get(chunk)[offset] = timeMillis;
    actions.get(chunk)[offset] = action;
    dwells.get(chunk)[offset] = dwellMillis;
    size = Math.incrementExact(size);
  }

  int session(int event) {
    return sessions.get(event >>> bits)[event & mask];
  }

  int item(int event) {
    return items.get(event >>> bits)[event & mask];
  }

  byte action(int event) {
    return actions.get(event >>> bits)[event & mask];
  }

  int dwell(int event) {
    return dwells.get(event >>> bits)[event & mask];
  }

  void setTime(int event, long timeMillis) {
    times.get(event >>> bits)[event & mask] = timeMillis;
  }

  void setDwell(int event, int dwellMillis) {
    dwells.get(event >>> bits)[event & mask] = dwellMillis;
  }

  long time(int event) {
    return times.get(event >>> bits)[event & mask];
  }

  /// Returns the first place of each session when events are grouped by session, and their number
  /// at the end.
  int[] startsBySession(int sessionCount) {
    int[] starts = new int[sessionCount + 1];
    for (int event = 0; event < size; event++) {
      starts[session(event) + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return starts;
  }

  /// Returns the events grouped by session, sessions by first appearance, sorted by time inside.
  int[] groupedBySession(int[] starts) {
    int[] next = Arrays.copyOf(starts, starts.length);
    int[] order = new int[size];
    for (int event = 0; event < size; event++) {
      order[next[session(event)]++] = event;
    }
    for (int s = 0; s + 1 < starts.length; s++) {
      StableSort.sort(order, starts[s], starts[s + 1], this::time);
    }
    return order;
  }

  int[] takeItems(int[] order) {
    return gather(items, order);
  }

  int[] takeDwells(int[] order) {
    return gather(dwells, order);
  }

  long[] takeTimes(int[] order) {
    long[] taken = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      taken[i] = time(order[i]);
    }
    times.clear();
    return taken;
  }

  byte[] takeActions(int[] order) {
    byte[] taken = new byte[order.length];
    for (int i = 0; i < order.length; i++) {
      taken[i] = actions.get(order[i] >>> bits)[order[i] & mask];
    }
    actions.clear();
    return taken;
  }

  void freeSessions() {
    sessions.clear();
  }

  private int[] gather(List<int[]> chunks, int[] order) {
    int[] taken = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      taken[i] = chunks.get(order[i] >>> bits)[order[i] & mask];
    }
    chunks.clear();
    return taken;
  }
}
