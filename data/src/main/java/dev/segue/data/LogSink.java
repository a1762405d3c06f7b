package dev.segue.data;

import org.jspecify.annotations.Nullable;

/// Takes a log session by session.
interface LogSink {
  /// Starts a session.
  ///
  /// @param id its id in UTF-8
  void session(byte[] id);

  /// Adds an event to the session; what the log has no column for is not looked at.
  void event(int item, long timeMillis, int action, int dwellMillis);

  /// Returns the columns; nothing can be added any more.
  LogColumns finish();

  /// Adds some events of a log, their items under other numbers if there are such.
  ///
  /// @param log where they are
  /// @param session the session they belong to
  /// @param events the events, `count` of them
  default void add(SessionLog log, int session, int[] events, int count, int @Nullable [] numbers) {
    session(log.sessionIdBytes(session));
    for (int i = 0; i < count; i++) {
      int item = log.item(events[i]);
      event(
          numbers == null ? item : numbers[item],
          log.timeMillis(events[i]),
          log.actionNumber(events[i]),
          log.dwellMillis(events[i]));
    }
  }
}
