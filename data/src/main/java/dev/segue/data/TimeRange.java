package dev.segue.data;

import java.time.Duration;
import java.time.Instant;

/// The times that an event can have, in milliseconds since 1970, both ends included.
record TimeRange(long earliestMillis, long latestMillis) {
  /// Every time.
  static final TimeRange ANY = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

  /// Returns the range of what a clock can have said: from 1990 to a day from now, since clocks are
  /// set to the wrong zone.
  static TimeRange plausibleAt(Instant now) {
    return new TimeRange(EARLIEST.toEpochMilli(), now.plus(Duration.ofDays(1)).toEpochMilli());
  }

  boolean contains(long timeMillis) {
    return timeMillis >= earliestMillis && timeMillis <= latestMillis;
  }

  /// Returns the time, or throws if it lies outside.
  long checked(long timeMillis, String column, String value) throws BadCellException {
    if (timeMillis < earliestMillis) {
      throw new BadCellException(column, "time is before 1990", value);
    }
    if (timeMillis > latestMillis) {
      throw new BadCellException(column, "time is later than tomorrow", value);
    }
    return timeMillis;
  }
}
