package dev.segue.data;

import java.util.Locale;

/// Reads the rows of a table as events.
final class EventTable {
  private final Table table;
  private final int session;
  private final int item;
  private final int time;
  private final int action;
  private final int dwell;
  private final int domain;
  private final double dwellUnitMillis;
  private final TimeParser times;

  EventTable(Table table, ColumnMapping mapping) {
    var names = new EventColumnNames(table, mapping);
    this.table = table;
    session = names.required("session");
    item = names.required("item");
    time = names.optional("time");
    action = names.optional("action");
    dwell = names.optional("dwell");
    domain = names.optional("domain");
    dwellUnitMillis = names.isSeconds(dwell) ? 1000 : 1;
    times = new TimeParser(name(time));
  }

  void readInto(SessionLog.Builder log) {
    for (Table.Row row = table.next(); row != null; row = table.next()) {
      try {
        String sessionId = text(row, session);
        String itemId = itemId(row);
        long timeMillis = time < 0 ? SessionLog.NO_TIME : times.parse(row.cell(time));
        int dwellMillis = dwellMillis(row);
        log.add(sessionId, itemId, timeMillis, row.cell(action).strip(), dwellMillis);
      } catch (BadCellException e) {
        row.reject(e);
      }
    }
  }

  private String itemId(Table.Row row) throws BadCellException {
    String key = text(row, item);
    if (domain < 0) {
      return key;
    }
    String kind = text(row, domain);
    String prefix = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + "_";
    return key.startsWith(prefix) ? key : prefix + key;
  }

  private String text(Table.Row row, int column) throws BadCellException {
    String value = row.cell(column).strip();
    if (value.isEmpty()) {
      throw new BadCellException(name(column), "is empty", value);
    }
    return value;
  }

  private int dwellMillis(Table.Row row) throws BadCellException {
    String value = row.cell(dwell).strip();
    if (value.isEmpty()) {
      return -1;
    }
    double millis;
    try {
      millis = Double.parseDouble(value) * dwellUnitMillis;
    } catch (NumberFormatException e) {
      throw new BadCellException(name(dwell), "not a number", value);
    }
    if (!(millis >= 0 && millis <= Integer.MAX_VALUE)) {
      throw new BadCellException(name(dwell), "not a time between 0 and 24 days", value);
    }
    return (int) Math.round(millis);
  }

  private String name(int column) {
    return column < 0 ? "" : table.header().get(column);
  }
}
