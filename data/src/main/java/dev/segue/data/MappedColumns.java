package dev.segue.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Columns in mapped files, little-endian. Offsets are 64 bits wide, so a column may be larger than
/// 2 GB.
///
/// @param sessionCount number of sessions
/// @param eventCount number of events
/// @param firstEvent the event of the files that is event 0 here
/// @param starts for each session its first event in the files, 8 bytes each, and one more
/// @param items 4 bytes each, from event 0 on
/// @param times 8 bytes each, or null
/// @param actions 1 byte each, or null
/// @param dwells 4 bytes each, or null
/// @param firstIdByte where the first id starts
/// @param idEnds for each session the end of its id, 8 bytes each
/// @param idBytes all ids in UTF-8
record MappedColumns(
    int sessionCount,
    int eventCount,
    long firstEvent,
    MemorySegment starts,
    MemorySegment items,
    @Nullable MemorySegment times,
    @Nullable MemorySegment actions,
    @Nullable MemorySegment dwells,
    long firstIdByte,
    MemorySegment idEnds,
    MemorySegment idBytes)
    implements LogColumns {
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public int start(int session) {
    return (int) (starts.getAtIndex(LONG, session) - firstEvent);
  }

  @Override
  public int item(int event) {
    return items.getAtIndex(INT, event);
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
    return times == null ? 0 : times.getAtIndex(LONG, event);
  }

  @Override
  public int action(int event) {
    return actions == null ? 0 : actions.get(ValueLayout.JAVA_BYTE, event) & 0xFF;
  }

  @Override
  public int dwell(int event) {
    return dwells == null ? -1 : dwells.getAtIndex(INT, event);
  }

  @Override
  public String sessionId(int session) {
    return new String(sessionIdBytes(session), StandardCharsets.UTF_8);
  }

  @Override
  public byte[] sessionIdBytes(int session) {
    long from = idStart(session);
    return idBytes
        .asSlice(from, idEnds.getAtIndex(LONG, session) - from)
        .toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public LogColumns slice(int from, int to) {
    Objects.checkFromToIndex(from, to, sessionCount);
    long first = start(from);
    int events = (int) (start(to) - first);
    return new MappedColumns(
        to - from,
        events,
        firstEvent + first,
        starts.asSlice(Long.BYTES * (long) from, Long.BYTES * (to - from + 1L)),
        items.asSlice(Integer.BYTES * first, Integer.BYTES * (long) events),
        times == null ? null : times.asSlice(Long.BYTES * first, Long.BYTES * (long) events),
        actions == null ? null : actions.asSlice(first, events),
        dwells == null
            ? null
            : dwells.asSlice(Integer.BYTES * first, Integer.BYTES * (long) events),
        idStart(from),
        idEnds.asSlice(Long.BYTES * (long) from, Long.BYTES * (long) (to - from)),
        idBytes);
  }

  @Override
  public long sizeInBytes() {
    long ids = sessionCount == 0 ? 0 : idEnds.getAtIndex(LONG, sessionCount - 1L) - firstIdByte;
    return starts.byteSize()
        + items.byteSize()
        + (times == null ? 0 : times.byteSize())
        + (actions == null ? 0 : actions.byteSize())
        + (dwells == null ? 0 : dwells.byteSize())
        + idEnds.byteSize()
        + ids;
  }

  private long idStart(int session) {
    return session == 0 ? firstIdByte : idEnds.getAtIndex(LONG, session - 1L);
  }
}
