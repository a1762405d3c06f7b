package dev.segue.data;

/// Takes the events of a file, one after the other.
@FunctionalInterface
interface EventSink {
  /// Takes an event.
  ///
  /// @param key what groups events: id of a session or of a user
  /// @param item id of the item
  /// @param timeMillis milliseconds since 1970, or [SessionLog#NO_TIME]
  /// @param action action, or empty
  /// @param dwellMillis time spent, or -1
  void add(String key, String item, long timeMillis, String action, int dwellMillis);
}
