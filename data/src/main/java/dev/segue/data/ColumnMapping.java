package dev.segue.data;

import java.util.Map;

/// Which column of a file holds what: keys `session`, `item`, `time`, `action`, `dwell`.
///
/// @param columns from key to the name in the file's header
public record ColumnMapping(Map<String, String> columns) {
  /// Copies the map.
  public ColumnMapping {
    columns = Map.copyOf(columns);
  }

  /// Returns the mapping that relies on the usual names alone.
  public static ColumnMapping none() {
    return new ColumnMapping(Map.of());
  }

  /// Reads `session=SessionId,item=ItemId,time=Time`.
  public static ColumnMapping parse(String text) {
    throw new UnsupportedOperationException(text);
  }
}
