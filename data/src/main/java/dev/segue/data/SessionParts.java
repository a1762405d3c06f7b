package dev.segue.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The sessions of all parts of an import, part after part in one log of temporary files, and what
/// is left of them after filtering, merged by start.
final class SessionParts implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final EventSpill spill;
  private final SessionPlan plan;
  private final Path folder;
  private final Arena arena = Arena.ofShared();
  private final SessionCounts counts = new SessionCounts();
  private final List<TemporaryFile> files = new ArrayList<>();

  /// The first session of each part and the number of all at the end.
  private final int[] firstSessions;

  private final SessionLog sessions;
  private final MemorySegment rows;

  /// Makes the sessions of all parts.
  SessionParts(EventSpill spill, SessionPlan plan, Path folder) {
    this.spill = spill;
    this.plan = plan;
    this.folder = folder;
    firstSessions = new int[spill.partCount() + 1];
    boolean isDwellPossible = spill.hasDwell() || plan.dwellCapMillis() >= 0;
    try {
      TemporaryFile rowFile = file();
      var rowsOut = new ColumnWriter(rowFile.channel(), BUFFER_BYTES);
      try (var sink =
          new TemporarySink(
              folder, arena, plan.hasTimes(), spill.actions().size() > 1, isDwellPossible)) {
        addParts(sink, rowsOut);
        sessions = new SessionLog(spill.items(), spill.actions(), sink.finish());
      }
      rowsOut.flush();
      rows = rowFile.map(arena);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void addParts(TemporarySink sink, ColumnWriter rowsOut) {
    for (int part = 0; part < spill.partCount(); part++) {
      if (!spill.isEmpty(part)) {
        Sessioniser made = Sessioniser.run(spill.read(part), plan);
        made.addTo(sink, rowsOut);
        counts.add(made.counts());
      }
      firstSessions[part + 1] = sink.sessionCount();
    }
  }

  SessionCounts counts() {
    return counts;
  }

  /// Returns what the filter leaves, sessions in order of start; adds its steps.
  SessionLog filtered(SessionFilter filter, List<FilterStep> steps) {
    var selection = new EventSelection(sessions);
    filter.reduce(selection, "", steps);
    Vocabulary vocabulary = selection.vocabulary();
    int[] numbers = selection.numbers(vocabulary);
    try (var sink =
        new TemporarySink(
            folder,
            Arena.ofAuto(),
            plan.hasTimes(),
            spill.actions().size() > 1,
            counts.isDwellKnown())) {
      merge(selection, session -> selection.add(session, sink, numbers));
      return new SessionLog(vocabulary, spill.actions(), sink.finish());
    }
  }

  @FunctionalInterface
  private interface SessionTaker {
    void take(int session);
  }

  /// Takes the sessions that are left in order of their first event that is left, those of one time
  /// as their sessions or users come first in the file.
  private void merge(EventSelection selection, SessionTaker taker) {
    TemporaryFile orderFile = file();
    var order = new ColumnWriter(orderFile.channel(), BUFFER_BYTES);
    List<Cursor> cursors = new ArrayList<>();
    for (int part = 0; part < spill.partCount(); part++) {
      long from = order.position() / Integer.BYTES;
      for (int session : selection.sessions(firstSessions[part], firstSessions[part + 1])) {
        order.putInt(session);
      }
      cursors.add(new Cursor(selection, from, order.position() / Integer.BYTES));
    }
    order.flush();
    MemorySegment ordered = orderFile.map(arena);
    var queue = new PriorityQueue<Cursor>(Cursor.BY_START);
    cursors.stream().filter(cursor -> cursor.next(ordered)).forEach(queue::add);
    for (Cursor first = queue.poll(); first != null; first = queue.poll()) {
      taker.take(first.session);
      if (first.next(ordered)) {
        queue.add(first);
      }
    }
  }

  /// A place in the ordered sessions of one part.
  private final class Cursor {
    private static final Comparator<Cursor> BY_START =
        Comparator.<Cursor>comparingLong(cursor -> cursor.startMillis)
            .thenComparingLong(cursor -> cursor.startedMillis)
            .thenComparingLong(cursor -> cursor.row);

    private final EventSelection selection;
    private final long end;
    private long place;
    private int session;
    private long startMillis;

    /// When the session started before anything was removed.
    private long startedMillis;

    private long row;

    Cursor(EventSelection selection, long from, long end) {
      this.selection = selection;
      this.place = from;
      this.end = end;
    }

    /// Goes to the next session, or returns false at the end.
    boolean next(MemorySegment ordered) {
      if (place == end) {
        return false;
      }
      session = ordered.getAtIndex(MappedColumns.INT, place++);
      startMillis = selection.startMillis(session);
      startedMillis = sessions.timeMillis(sessions.start(session));
      row = rows.getAtIndex(MappedColumns.LONG, session);
      return true;
    }
  }

  private TemporaryFile file() {
    var file = new TemporaryFile(folder);
    files.add(file);
    return file;
  }

  @Override
  public void close() {
    files.forEach(TemporaryFile::close);
    arena.close();
  }
}
