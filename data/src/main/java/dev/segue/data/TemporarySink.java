package dev.segue.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Collects a log of any size in temporary files, one for each column, and maps them in the end.
final class TemporarySink implements LogSink, AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final Arena arena;
  private final List<Column> all = new ArrayList<>();
  private final Column starts;
  private final Column items;
  private final @Nullable Column times;
  private final @Nullable Column actions;
  private final @Nullable Column dwells;
  private final Column idEnds;
  private final Column idBytes;
  private int sessions;
  private int events;

  private record Column(TemporaryFile file, ColumnWriter writer) {}

  /// @param folder where the files are made
  /// @param arena how long the columns can be read
  TemporarySink(Path folder, Arena arena, boolean hasTimes, boolean hasActions, boolean hasDwell) {
    this.folder = folder;
    this.arena = arena;
    starts = column();
    items = column();
    times = hasTimes ? column() : null;
    actions = hasActions ? column() : null;
    dwells = hasDwell ? column() : null;
    idEnds = column();
    idBytes = column();
  }

  private Column column() {
    try {
      var file = new TemporaryFile(folder);
      var column = new Column(file, new ColumnWriter(file.channel(), BUFFER_BYTES));
      all.add(column);
      return column;
    } catch (DataException e) {
      close();
      throw e;
    }
  }

  int sessionCount() {
    return sessions;
  }

  @Override
  public void session(byte[] id) {
    starts.writer.putLong(events);
    idBytes.writer.putBytes(id);
    idEnds.writer.putLong(idBytes.writer.position());
    sessions = Math.incrementExact(sessions);
  }

  @Override
  public void event(int item, long timeMillis, int action, int dwellMillis) {
    items.writer.putInt(item);
    if (times != null) {
      times.writer.putLong(timeMillis);
    }
    if (actions != null) {
      actions.writer.putByte(action);
    }
    if (dwells != null) {
      dwells.writer.putInt(dwellMillis);
    }
    events = Math.incrementExact(events);
  }

  @Override
  public LogColumns finish() {
    starts.writer.putLong(events);
    return new MappedColumns(
        sessions,
        events,
        0,
        Objects.requireNonNull(map(starts)),
        Objects.requireNonNull(map(items)),
        map(times),
        map(actions),
        map(dwells),
        0,
        Objects.requireNonNull(map(idEnds)),
        Objects.requireNonNull(map(idBytes)));
  }

  private @Nullable MemorySegment map(@Nullable Column column) {
    if (column == null) {
      return null;
    }
    column.writer.flush();
    return column.file.map(arena);
  }

  /// Closes the files; what was mapped stays.
  @Override
  public void close() {
    all.forEach(column -> column.file.close());
  }
}
