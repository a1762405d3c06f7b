package dev.segue.data.fetch;

import java.time.Duration;

/// How patient a download is.
///
/// @param attempts how often one file is asked for in all, at least 1
/// @param firstPause the pause after the first failure; each further one is twice as long
/// @param longestPause the longest pause, and the longest `Retry-After` that is obeyed; a server
///   that asks for more ends the download
/// @param connectTimeout how long a connection may take
/// @param stallTimeout how long a server may send nothing, before the reply and within it
public record FetchSettings(
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration connectTimeout,
    Duration stallTimeout) {

  /// Checks the values.
  public FetchSettings {
    if (attempts < 1) {
      throw new IllegalArgumentException("fetch: attempts: expected 1 or more, got " + attempts);
    }
    requirePositive("connect time-out", connectTimeout);
    requirePositive("stall time-out", stallTimeout);
  }

  /// Returns the usual settings: 6 attempts, pauses from 1 s to 2 min, time-outs of 20 s and 30 s.
  public static FetchSettings usual() {
    return new FetchSettings(
        6,
        Duration.ofSeconds(1),
        Duration.ofMinutes(2),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30));
  }

  /// Returns the same settings with another number of attempts.
  public FetchSettings withAttempts(int number) {
    return new FetchSettings(number, firstPause, longestPause, connectTimeout, stallTimeout);
  }

  /// Returns the pause after a number of failures, 1 or more.
  Duration pauseAfter(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 30));
    return pause.compareTo(longestPause) > 0 ? longestPause : pause;
  }

  private static void requirePositive(String what, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(
          "fetch: %s: expected more than 0, got %s".formatted(what, value));
    }
  }
}
