package dev.segue.data;

/// Events of many sessions, in columns: sessions in order of their start, the events of a session
/// in order of time. Ten million events take under 300 MB. Immutable and thread safe.
///
/// Events are numbered through the whole log; session `s` has the events `start(s)` to `end(s)` −
/// 1. A log from a format without times has `hasTimes() == false` and keeps the order of the file.
public final class SessionLog {

  /// Returns the number of sessions.
  public int sessionCount() {
    throw new UnsupportedOperationException();
  }

  /// Returns the number of events.
  public int eventCount() {
    throw new UnsupportedOperationException();
  }

  /// Returns the items that occur, or that the log was made with.
  public Vocabulary items() {
    throw new UnsupportedOperationException();
  }

  /// Returns whether events have times.
  public boolean hasTimes() {
    throw new UnsupportedOperationException();
  }

  /// Returns the id of a session.
  public String sessionId(int session) {
    throw new UnsupportedOperationException();
  }

  /// Returns the first event of a session.
  public int start(int session) {
    throw new UnsupportedOperationException();
  }

  /// Returns the event after the last of a session.
  public int end(int session) {
    throw new UnsupportedOperationException();
  }

  /// Returns the item of an event, a number of [#items].
  public int item(int event) {
    throw new UnsupportedOperationException();
  }

  /// Returns the time of an event, milliseconds since 1970, or 0 without times.
  public long timeMillis(int event) {
    throw new UnsupportedOperationException();
  }

  /// Returns the action of an event, `Clicked` where none was given.
  public String action(int event) {
    throw new UnsupportedOperationException();
  }

  /// Returns the time spent on the item in milliseconds, or -1 where it is not known.
  public int dwellMillis(int event) {
    throw new UnsupportedOperationException();
  }

  /// Returns a log of some of the sessions, in the order given, over the same vocabulary.
  public SessionLog select(int[] sessions) {
    throw new UnsupportedOperationException();
  }

  /// Starts a log; see [Builder].
  public static Builder builder() {
    throw new UnsupportedOperationException();
  }

  /// Collects events in any order; [#build] groups them by session and sorts them by time (stable).
  public static final class Builder {
    private Builder() {}

    /// Adds an event.
    ///
    /// @param session id of the session
    /// @param item id of the item
    /// @param timeMillis milliseconds since 1970, or [#NO_TIME]
    /// @param action action, or empty for `Clicked`
    /// @param dwellMillis time spent, or -1
    public Builder add(
        String session, String item, long timeMillis, String action, int dwellMillis) {
      throw new UnsupportedOperationException();
    }

    /// Adds an event of which only session and item are known.
    public Builder add(String session, String item) {
      return add(session, item, NO_TIME, "", -1);
    }

    /// Makes the log.
    public SessionLog build() {
      throw new UnsupportedOperationException();
    }
  }

  /// The time of an event of which only the order is known.
  public static final long NO_TIME = Long.MIN_VALUE;
}
