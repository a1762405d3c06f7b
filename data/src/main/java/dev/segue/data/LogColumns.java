package dev.segue.data;

/// The columns of a session log: arrays in the heap or a mapped file. Events are numbered from 0,
/// those of a session side by side.
sealed interface LogColumns permits HeapColumns, MappedColumns {
  int sessionCount();

  int eventCount();

  /// Returns the first event of a session, for the number of sessions that of events.
  int start(int session);

  int item(int event);

  boolean hasTimes();

  boolean hasActions();

  boolean hasDwell();

  /// Returns milliseconds since 1970, or 0 without times.
  long time(int event);

  /// Returns the number of an action, 0 to 255.
  int action(int event);

  /// Returns milliseconds, or -1 where it is not known.
  int dwell(int event);

  String sessionId(int session);

  byte[] sessionIdBytes(int session);

  /// Returns the sessions `from` to `to` − 1, their events numbered from 0.
  LogColumns slice(int from, int to);

  /// Returns the bytes that the columns take, in the heap or in the file.
  long sizeInBytes();
}
