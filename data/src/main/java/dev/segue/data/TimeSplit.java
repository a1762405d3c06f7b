package dev.segue.data;

/// Splits by time only, by the start of sessions; a log without times is split by its order.
public final class TimeSplit {
  private TimeSplit() {}

  /// Puts the last sessions by start into test and those before them into validation.
  ///
  /// @param log the log
  /// @param validationShare share of the sessions, 0 to below 1
  /// @param testShare share of the sessions, 0 to below 1
  public static Split byShare(SessionLog log, double validationShare, double testShare) {
    throw new UnsupportedOperationException();
  }

  /// Throws unless no session id is in two parts and every session of a later part starts no
  /// earlier than every one of an earlier part.
  public static void checkNoLeak(Split split) {
    throw new UnsupportedOperationException();
  }
}
