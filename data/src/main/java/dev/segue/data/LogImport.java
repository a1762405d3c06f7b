package dev.segue.data;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes a [SessionLog] of the raw events of a shop or a site, in any format that [SessionLogs]
/// reads, rows in any order.
///
/// The steps: read and map, set rows aside that cannot be used, hold the clock of an ordered file,
/// sort, remove exact duplicates, cut by session or by user and gap, leave out long sessions,
/// remove repeats, derive dwell, filter until nothing changes. An event is a row of columns all the
/// time and never an object: 21 bytes, and 8 while sorting.
public final class LogImport {
  private final Path file;
  private final ImportSettings settings;
  private final RejectedRows kept;
  private final RejectionCount rejected = new RejectionCount();
  private final TimeRange range = TimeRange.plausibleAt(Instant.now());
  private final RawEvents raw;
  private boolean isByUser;
  private boolean hasTimes;
  private boolean hasDwell;
  private long rows;

  private LogImport(Path file, ImportSettings settings, RejectedRows kept) {
    this.file = file;
    this.settings = settings;
    this.kept = kept;
    this.raw = new RawEvents(settings.actions());
  }

  /// A log and how it came about.
  ///
  /// @param log the sessions
  /// @param report what each step removed
  /// @param rejected rows that could not be used, by reason
  public record Imported(SessionLog log, ImportReport report, RejectionCount rejected) {}

  /// Imports a file. Rows without item or key, with a time that is missing, unreadable, before 1990
  /// or later than tomorrow are rejected. A file of which nothing is left is a [DataException].
  ///
  /// @param file raw events
  /// @param settings how they become sessions
  /// @param rejected takes each row that cannot be used; they are counted in any case
  public static Imported read(Path file, ImportSettings settings, RejectedRows rejected) {
    return new LogImport(file, settings, rejected).run();
  }

  private Imported run() {
    SessionLogs.readInto(raw, file, settings.columns(), this::reject, this::readTable);
    // Text with one session a line has no rows: its items are the events.
    rows = Math.max(rows, raw.events().size());
    List<FilterStep> steps = new ArrayList<>();
    Map<String, Long> counts = new LinkedHashMap<>();
    rejected.countByReason().forEach((reason, count) -> steps.add(step(reason, count)));
    if (raw.leftOut() > 0) {
      steps.add(step("actions left out", raw.leftOut()));
    }
    requireEvents(raw.events().size());
    if (settings.isOrdered() && hasTimes) {
      counts.put("times that went back, set to the one before", (long) raw.holdClock());
    }
    SessionLog sessions = sessions(steps, counts);
    SessionFilter.Filtered filtered = settings.filter().apply(sessions);
    steps.addAll(filtered.steps());
    SessionLog log = filtered.log();
    var report =
        new ImportReport(
            rows, steps, counts, log.sessionCount(), log.items().size(), log.eventCount());
    return new Imported(log, report, rejected);
  }

  private SessionLog sessions(List<FilterStep> steps, Map<String, Long> counts) {
    var sessioniser = new Sessioniser(raw, hasTimes);
    sessioniser.removeDuplicates();
    long gap = hasTimes ? settings.gapMillis(isByUser) : Long.MAX_VALUE;
    if (gap < Long.MAX_VALUE) {
      sessioniser.cut(gap);
    }
    counts.put("sessions before filtering", (long) sessioniser.sessionCount());
    if (settings.maxLength() > 0) {
      sessioniser.removeLong(settings.maxLength());
    }
    if (settings.filter().removesRepeats()) {
      sessioniser.removeRepeats();
    }
    boolean isDerived = hasTimes && !hasDwell && !settings.dwellCap().isZero();
    if (isDerived) {
      sessioniser.deriveDwell(settings.dwellCap().toMillis());
    }
    steps.addAll(sessioniser.steps());
    return sessioniser.finish(gap < Long.MAX_VALUE, hasDwell || isDerived);
  }

  private void readTable(Table table) {
    var reader = EventTable.ofRaw(table, settings.columns(), range);
    isByUser = reader.isByUser();
    hasTimes = reader.hasTimes();
    hasDwell = reader.hasDwell();
    if (!hasTimes && (isByUser || settings.gap() != null)) {
      throw table.missing(
          "time",
          "expected one to find the pauses between sessions, or --columns time=NAME or"
              + " session=NAME without a gap");
    }
    reader.readInto(raw);
    rows = table.rowsRead();
  }

  private void reject(RejectedRow row) {
    rejected.reject(row);
    kept.reject(row);
  }

  private void requireEvents(int events) {
    if (events > 0) {
      return;
    }
    String first =
        rejected.count() == 0 ? "" : "; the first row: " + rejected.examples().getFirst().message();
    throw new DataException(
        "%s: no event that can be used, expected at least one, got %,d rows%s"
            .formatted(file, rows, first));
  }

  private static FilterStep step(String name, long events) {
    return new FilterStep(name, 0, 0, Math.toIntExact(events));
  }
}
