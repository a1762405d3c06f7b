package dev.segue.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Writes session logs: tables with the columns that a log has, the mission's ten columns, text.
final class SessionLogWriter {
  private final SessionLog log;

  SessionLogWriter(SessionLog log) {
    this.log = log;
  }

  /// Writes `SessionId, ItemId` and, where the log has them, `Time, Action, DwellMillis`.
  void writeTable(Path file, RowFormat format) {
    boolean hasActions = log.actions().size() > 1;
    List<String> header = new ArrayList<>(List.of("SessionId", "ItemId"));
    addIf(header, log.hasTimes(), "Time");
    addIf(header, hasActions, "Action");
    addIf(header, log.hasDwell(), "DwellMillis");
    write(
        file,
        format,
        header,
        (session, event) -> {
          List<String> cells = new ArrayList<>(header.size());
          cells.add(checked(log.sessionId(session), file));
          cells.add(checked(log.items().id(log.item(event)), file));
          addIf(cells, log.hasTimes(), log.hasTimes() ? time(event) : "");
          addIf(cells, hasActions, log.action(event));
          addIf(cells, log.hasDwell(), dwell(event));
          return cells;
        });
  }

  /// Writes the mission's ten columns, and `Event_Time, Dwell_Millis` after them where the log has
  /// them.
  void writeMission(Path file, Catalogue catalogue) {
    List<String> header = new ArrayList<>(EventColumnNames.MISSION);
    addIf(header, log.hasTimes(), EventColumnNames.EVENT_TIME);
    addIf(header, log.hasDwell(), EventColumnNames.DWELL_MILLIS);
    int[] indexes = indexes(catalogue);
    write(
        file,
        RowFormat.CSV,
        header,
        (session, event) -> {
          Item item = catalogue.item(indexes[log.item(event)]);
          List<String> cells = new ArrayList<>(CatalogueFile.cells(item));
          cells.add(checked(log.sessionId(session), file));
          cells.add(log.action(event));
          addIf(cells, log.hasTimes(), log.hasTimes() ? time(event) : "");
          addIf(cells, log.hasDwell(), dwell(event));
          return cells;
        });
  }

  /// Writes the item ids of a session on one line.
  void writeLines(Path file) {
    for (String id : log.items().ids()) {
      if (id.isEmpty() || id.chars().anyMatch(c -> c <= ' ' || ",;|".indexOf(c) >= 0)) {
        throw new DataException(
            ("%s: an item id cannot stand in text with one session a line, expected ids without"
                    + " white space and , ; |, got \"%s\"")
                .formatted(file, id));
      }
    }
    WholeFile.write(
        file,
        out -> {
          for (int session = 0; session < log.sessionCount(); session++) {
            writeLine(session, out);
          }
        });
  }

  private void writeLine(int session, BufferedWriter out) throws IOException {
    for (int event = log.start(session); event < log.end(session); event++) {
      out.append(event == log.start(session) ? "" : " ").append(log.items().id(log.item(event)));
    }
    out.append('\n');
  }

  @FunctionalInterface
  private interface EventCells {
    List<String> of(int session, int event);
  }

  private void write(Path file, RowFormat format, List<String> header, EventCells cells) {
    WholeFile.write(
        file,
        out -> {
          RowFormat.Output rows = format.open(out, header);
          for (int session = 0; session < log.sessionCount(); session++) {
            for (int event = log.start(session); event < log.end(session); event++) {
              rows.write(cells.of(session, event));
            }
          }
          rows.end();
        });
  }

  private int[] indexes(Catalogue catalogue) {
    int[] indexes = new int[log.items().size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = catalogue.indexOf(log.items().id(i));
      if (indexes[i] < 0) {
        throw new DataException(
            "write: an item is not in the catalogue, expected all of them, got \"%s\""
                .formatted(log.items().id(i)));
      }
    }
    return indexes;
  }

  /// Readers strip ids, so one with white space at an end would come back as another.
  static String checked(String id, Path file) {
    if (id.isEmpty() || !id.strip().equals(id)) {
      throw new DataException(
          "%s: an id is empty or has white space at an end, which no reader would keep, got \"%s\""
              .formatted(file, id));
    }
    return id;
  }

  /// ISO-8601 says its unit and zone by itself.
  private String time(int event) {
    return Instant.ofEpochMilli(log.timeMillis(event)).toString();
  }

  private String dwell(int event) {
    return log.dwellMillis(event) < 0 ? "" : Integer.toString(log.dwellMillis(event));
  }

  private static void addIf(List<String> cells, boolean isWanted, String cell) {
    if (isWanted) {
      cells.add(cell);
    }
  }
}
