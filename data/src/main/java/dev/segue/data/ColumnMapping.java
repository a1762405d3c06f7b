package dev.segue.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which column of a file holds what: keys `session`, `user`, `item`, `time`, `action`, `dwell`,
/// `domain`.
///
/// @param columns from key to the name in the file's header
public record ColumnMapping(Map<String, String> columns) {
  private static final List<String> KEYS =
      List.of("session", "user", "item", "time", "action", "dwell", "domain");

  /// Copies the map; a key that is not one of those above is an `IllegalArgumentException`.
  public ColumnMapping {
    columns = Map.copyOf(columns);
    for (String key : columns.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "columns: unknown key, expected one of %s, got \"%s\""
                .formatted(String.join(", ", KEYS), key));
      }
    }
  }

  /// Returns the mapping that relies on the usual names alone.
  public static ColumnMapping none() {
    return new ColumnMapping(Map.of());
  }

  /// Reads `session=SessionId,item=ItemId,time=Time`; anything else is an
  /// `IllegalArgumentException` that quotes the part it could not read.
  public static ColumnMapping parse(String text) {
    Map<String, String> columns = new LinkedHashMap<>();
    if (text.isBlank()) {
      return none();
    }
    for (String part : text.split(",", -1)) {
      int cut = part.indexOf('=');
      if (cut < 1 || part.substring(cut + 1).isBlank()) {
        throw new IllegalArgumentException(
            "columns: cannot be read, expected key=column pairs such as"
                + " session=SessionId,item=ItemId, got \"%s\"".formatted(part));
      }
      String key = part.substring(0, cut).strip();
      if (columns.put(key, part.substring(cut + 1).strip()) != null) {
        throw new IllegalArgumentException(
            "columns: key occurs twice, expected each once, got \"%s\"".formatted(key));
      }
    }
    return new ColumnMapping(columns);
  }
}
