package dev.segue.data;

import java.util.Locale;

/// Reads the rows of a table as events.
final class EventTable {
  private final Table table;
  private final int key;
  private final boolean isByUser;
  private final TimeRange range;
  private final int item;
  private final int time;
  private final int action;
  private final int dwell;
  private final int domain;
  private final double dwellUnitMillis;
  private final TimeParser times;

  /// Makes a reader of a log that has sessions.
  EventTable(Table table, ColumnMapping mapping) {
    this(table, new EventColumnNames(table, mapping), "session", TimeRange.ANY);
  }

  /// Makes a reader of a raw log, which has sessions or users, and whose times may be wrong.
  static EventTable ofRaw(Table table, ColumnMapping mapping, TimeRange range) {
    var names = new EventColumnNames(table, mapping);
    return new EventTable(table, names, keyOf(table, names), range);
  }

  private EventTable(Table table, EventColumnNames names, String keyName, TimeRange range) {
    this.table = table;
    this.range = range;
    key = names.required(keyName);
    isByUser = keyName.equals("user");
    item = names.required("item");
    time = names.optional("time");
    action = names.optional("action");
    dwell = names.optional("dwell");
    domain = names.optional("domain");
    dwellUnitMillis = names.isSeconds(dwell) ? 1000 : 1;
    times = new TimeParser(name(time), range);
  }

  /// A name that the caller gave counts more than one that is found, and a session more than a
  /// user.
  private static String keyOf(Table table, EventColumnNames names) {
    if (names.isMapped("session") || names.isMapped("user")) {
      return names.isMapped("session") ? "session" : "user";
    }
    if (names.optional("session") >= 0) {
      return "session";
    }
    if (names.optional("user") < 0) {
      throw table.missing(
          "session or user", "expected one of them, or --columns session=NAME or user=NAME");
    }
    return "user";
  }

  /// Returns whether events are grouped by user, not by session.
  boolean isByUser() {
    return isByUser;
  }

  boolean hasTimes() {
    return time >= 0;
  }

  boolean hasDwell() {
    return dwell >= 0;
  }

  void readInto(EventSink events) {
    for (Table.Row row = table.next(); row != null; row = table.next()) {
      try {
        String keyId = text(row, key);
        String itemId = itemId(row);
        long timeMillis = time < 0 ? SessionLog.NO_TIME : timeMillis(row);
        int dwellMillis = dwellMillis(row);
        events.add(keyId, itemId, timeMillis, row.cell(action).strip(), dwellMillis);
      } catch (BadCellException e) {
        row.reject(e);
      }
    }
  }

  private long timeMillis(Table.Row row) throws BadCellException {
    return range.checked(times.parse(row.cell(time)), name(time), row.cell(time));
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
