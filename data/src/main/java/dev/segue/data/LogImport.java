package dev.segue.data;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes a [SessionLog] of the raw events of a shop or a site, in any format that [SessionLogs]
/// reads, rows in any order and more of them than the heap holds.
///
/// The steps: read and map, set rows aside that cannot be used, part by session or user; for each
/// part hold the clock of an ordered file, sort, remove exact duplicates, cut by session or by user
/// and gap, leave out long sessions, remove repeats, derive dwell; filter until nothing changes and
/// merge the parts by start. What does not fit into the heap lies in temporary files meanwhile; the
/// heap holds the vocabulary, a bit for each event, and one or two parts of 256.
public final class LogImport {
  private final Path file;
  private final ImportSettings settings;
  private final RejectedRows kept;
  private final Path folder;
  private final RejectionCount rejected = new RejectionCount();
  private final TimeRange range = TimeRange.plausibleAt(Instant.now());
  private final EventSpill spill;
  private boolean isByUser;
  private boolean hasTimes;
  private boolean hasDwell;
  private long rows;

  private LogImport(
      Path file, ImportSettings settings, RejectedRows kept, Path folder, EventSpill spill) {
    this.file = file;
    this.settings = settings;
    this.kept = kept;
    this.folder = folder;
    this.spill = spill;
  }

  /// A log and how it came about.
  ///
  /// @param log the sessions, in temporary files that are mapped
  /// @param report what each step removed
  /// @param rejected rows that could not be used, by reason
  public record Imported(SessionLog log, ImportReport report, RejectionCount rejected) {}

  /// Imports a file; temporary files are made in `java.io.tmpdir`.
  public static Imported read(Path file, ImportSettings settings, RejectedRows rejected) {
    return read(file, settings, rejected, TemporaryFile.usualFolder());
  }

  /// Imports a file. Rows without item or key, with a time that is missing, unreadable, before 1990
  /// or later than tomorrow are rejected. A file of which nothing is left is a [DataException].
  ///
  /// Temporary files have lost their names as soon as they are made, so none is left behind
  /// whatever happens; they take some 30 bytes an event while the file is read, and 40 more
  /// afterwards.
  ///
  /// @param file raw events
  /// @param settings how they become sessions
  /// @param rejected takes each row that cannot be used; they are counted in any case
  /// @param folder where temporary files are made
  public static Imported read(
      Path file, ImportSettings settings, RejectedRows rejected, Path folder) {
    return read(file, settings, rejected, folder, EventSpill.Layout.usual());
  }

  /// Imports a file in parts of another size; the log is the same.
  static Imported read(
      Path file,
      ImportSettings settings,
      RejectedRows rejected,
      Path folder,
      EventSpill.Layout layout) {
    try (var spill = new EventSpill(settings.actions(), folder, layout)) {
      return new LogImport(file, settings, rejected, folder, spill).run();
    } catch (UncheckedIOException e) {
      throw WholeFile.failure(folder, Objects.requireNonNull(e.getCause()));
    }
  }

  private Imported run() {
    readEvents();
    // Text with one session a line has no rows: its items are the events.
    rows = Math.max(rows, spill.eventCount());
    List<FilterStep> steps = new ArrayList<>();
    rejected.countByReason().forEach((reason, count) -> steps.add(step(reason, count)));
    if (spill.leftOut() > 0) {
      steps.add(step("actions left out", spill.leftOut()));
    }
    requireEvents();
    SessionPlan plan = plan();
    try (var parts = new SessionParts(spill, plan, folder)) {
      // The room that the raw events took on the disk is needed for what becomes of them.
      spill.close();
      SessionCounts counts = parts.counts();
      steps.addAll(counts.steps(plan.maxLength()));
      SessionLog log = parts.filtered(settings.filter(), steps);
      return new Imported(log, report(log, steps, counts, plan), rejected);
    }
  }

  private void readEvents() {
    if (LogFileReader.isLog(file)) {
      readLog(SessionLogs.mapped(file, settings.columns()));
      return;
    }
    SessionLogs.readInto(spill, file, settings.columns(), this::reject, this::readTable);
  }

  private void readLog(SessionLog log) {
    hasTimes = log.hasTimes();
    hasDwell = log.hasDwell();
    spill.begin(hasTimes, hasDwell);
    for (int session = 0; session < log.sessionCount(); session++) {
      String id = log.sessionId(session);
      for (int event = log.start(session); event < log.end(session); event++) {
        spill.add(
            id,
            log.items().id(log.item(event)),
            log.timeMillis(event),
            log.action(event),
            log.dwellMillis(event));
      }
    }
  }

  private SessionPlan plan() {
    boolean isDerived = hasTimes && !hasDwell && !settings.dwellCap().isZero();
    return new SessionPlan(
        hasTimes,
        hasTimes && settings.isOrdered(),
        hasTimes ? settings.gapMillis(isByUser) : Long.MAX_VALUE,
        settings.maxLength(),
        settings.filter().removesRepeats(),
        isDerived ? settings.dwellCap().toMillis() : -1);
  }

  private ImportReport report(
      SessionLog log, List<FilterStep> steps, SessionCounts counts, SessionPlan plan) {
    Map<String, Long> found = new LinkedHashMap<>();
    if (plan.isClockHeld()) {
      found.put("times that went back, set to the one before", counts.heldTimes());
    }
    found.put("sessions before filtering", counts.sessionCount());
    return new ImportReport(
        rows, steps, found, log.sessionCount(), log.items().size(), log.eventCount());
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
    spill.begin(hasTimes, hasDwell);
    reader.readInto(spill);
    rows = table.rowsRead();
  }

  private void reject(RejectedRow row) {
    rejected.reject(row);
    kept.reject(row);
  }

  private void requireEvents() {
    if (spill.eventCount() > 0) {
      return;
    }
    String first =
        rejected.count() == 0 ? "" : "; the first row: " + rejected.examples().getFirst().message();
    throw new DataException(
        "%s: no event that can be used, expected at least one, got %,d rows%s"
            .formatted(file, rows, first));
  }

  private static FilterStep step(String name, long events) {
    return new FilterStep(name, 0, 0, events);
  }
}
