package dev.segue.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds the columns of events in a header: by the caller's mapping, else by the usual names,
/// whatever their case and with or without `_`, `-` and spaces.
final class EventColumnNames {
  /// The ten columns of the mission's `session_events.csv`, in its order.
  static final List<String> MISSION =
      List.of(
          "Item_ID",
          "Title",
          "Genre",
          "Description",
          "Popularity",
          "Creator",
          "Timestamp",
          "Item_Type",
          "Session_ID",
          "Action_Type");

  static final String EVENT_TIME = "Event_Time";
  static final String DWELL_MILLIS = "Dwell_Millis";

  /// Where two of the names of one row occur in a file, the earlier one is taken.
  private static final Map<String, List<String>> USUAL =
      Map.of(
          "session", List.of("sessionid", "session", "sid", "visitid", "visit"),
          "user",
              List.of(
                  "userid",
                  "user",
                  "uid",
                  "visitorid",
                  "visitor",
                  "customerid",
                  "customer",
                  "reviewerid"),
          "item", List.of("itemid", "item", "asin", "productid", "product", "articleid", "sku"),
          "time", List.of("eventtime", "time", "timestamp", "ts", "datetime"),
          "action", List.of("actiontype", "action", "eventtype", "event"),
          "dwell",
              List.of(
                  "dwellmillis",
                  "dwellms",
                  "dwell",
                  "dwelltime",
                  "dwellseconds",
                  "dwelltimeseconds"),
          "domain", List.of("domain"));

  private final Table table;
  private final ColumnMapping mapping;

  EventColumnNames(Table table, ColumnMapping mapping) {
    this.table = table;
    this.mapping = mapping;
  }

  static boolean isUsualName(String name) {
    String plain = plain(name);
    return USUAL.values().stream().anyMatch(names -> names.contains(plain));
  }

  int required(String key) {
    int column = optional(key);
    if (column < 0) {
      throw table.missing(
          key,
          "expected one named %s, or --columns %s=NAME"
              .formatted(String.join(" or ", USUAL.getOrDefault(key, List.of())), key));
    }
    return column;
  }

  boolean isMapped(String key) {
    return mapping.columns().containsKey(key);
  }

  int optional(String key) {
    String mapped = mapping.columns().get(key);
    if (mapped != null) {
      return mapped(key, mapped);
    }
    // In the mission's file `Timestamp` is the release date of the item and not a time of an event.
    boolean isReleaseDate = key.equals("time") && table.header().containsAll(MISSION);
    for (String name : USUAL.getOrDefault(key, List.of())) {
      for (int column = 0; column < table.header().size(); column++) {
        String found = table.header().get(column);
        if (plain(found).equals(name) && !(isReleaseDate && found.equals("Timestamp"))) {
          return column;
        }
      }
    }
    return -1;
  }

  boolean isSeconds(int column) {
    return column >= 0 && plain(table.header().get(column)).endsWith("seconds");
  }

  private int mapped(String key, String name) {
    int column = table.column(name);
    for (int i = 0; column < 0 && i < table.header().size(); i++) {
      column = table.header().get(i).equalsIgnoreCase(name) ? i : -1;
    }
    if (column < 0) {
      throw table.missing(name, "expected it for %s as the mapping says".formatted(key));
    }
    return column;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
  }
}
