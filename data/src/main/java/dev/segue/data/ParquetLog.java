package dev.segue.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes a session log as Parquet: `SessionId, ItemId` and, where the log has them, `Time` (a
/// timestamp in UTC), `Action, DwellMillis`.
final class ParquetLog {
  private final SessionLog log;
  private final ParquetColumn session = new ParquetColumn("SessionId", ParquetType.TEXT, false);
  private final ParquetColumn item = new ParquetColumn("ItemId", ParquetType.TEXT, false);
  private final ParquetColumn time = new ParquetColumn("Time", ParquetType.TIME, false);
  private final ParquetColumn action = new ParquetColumn("Action", ParquetType.TEXT, false);
  private final ParquetColumn dwell = new ParquetColumn("DwellMillis", ParquetType.INT, true);
  private final boolean hasActions;

  private ParquetLog(SessionLog log) {
    this.log = log;
    hasActions = log.actions().size() > 1;
  }

  static void write(SessionLog log, Path file) {
    WholeFile.writeBytes(file, out -> new ParquetLog(log).writeTo(out, file));
  }

  private void writeTo(OutputStream out, Path file) throws IOException {
    var rows = new ParquetOutput(out, columns());
    for (int s = 0; s < log.sessionCount(); s++) {
      String id = SessionLogWriter.checked(log.sessionId(s), file);
      for (int event = log.start(s); event < log.end(s); event++) {
        session.text(id);
        item.text(SessionLogWriter.checked(log.items().id(log.item(event)), file));
        writeRest(event);
        rows.endRow();
      }
    }
    rows.finish();
  }

  private List<ParquetColumn> columns() {
    List<ParquetColumn> columns = new ArrayList<>(List.of(session, item));
    if (log.hasTimes()) {
      columns.add(time);
    }
    if (hasActions) {
      columns.add(action);
    }
    if (log.hasDwell()) {
      columns.add(dwell);
    }
    return columns;
  }

  private void writeRest(int event) {
    if (log.hasTimes()) {
      time.number(log.timeMillis(event));
    }
    if (hasActions) {
      action.text(log.action(event));
    }
    if (log.hasDwell() && log.dwellMillis(event) < 0) {
      dwell.missing();
    } else if (log.hasDwell()) {
      dwell.number(log.dwellMillis(event));
    }
  }
}
