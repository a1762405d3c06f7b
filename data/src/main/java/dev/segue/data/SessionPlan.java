package dev.segue.data;

/// What is done to the events of each session or user.
///
/// @param hasTimes whether events have times
/// @param isClockHeld whether a time that goes back is set to the one before
/// @param gapMillis a longer pause starts a new session, `Long.MAX_VALUE` for none
/// @param maxLength sessions with more events are left out, 0 for none
/// @param dropsRepeats whether an item that follows itself is removed
/// @param dwellCapMillis the longest dwell derived from the next event, -1 where none is derived
record SessionPlan(
    boolean hasTimes,
    boolean isClockHeld,
    long gapMillis,
    int maxLength,
    boolean dropsRepeats,
    long dwellCapMillis) {

  /// Returns whether users are cut into sessions, which are then numbered.
  boolean isCut() {
    return gapMillis < Long.MAX_VALUE;
  }
}
