package dev.segue.data;

import java.nio.file.Path;
import java.util.Arrays;

/// Puts events of one session that share a time into random order. Where times are days, the order
/// inside a day is an artefact of how the file was made, and a model would learn the artefact.
public final class TieBreak {
  private TieBreak() {}

  /// Returns the log with ties in random order, the same for the same seed. A log without times is
  /// returned as it is: its order is all that is known.
  public static SessionLog shuffle(SessionLog log, long seed) {
    return shuffle(log, seed, TemporaryFile.usualFolder());
  }

  /// Returns the same; what becomes of a mapped log is a temporary file in the folder.
  public static SessionLog shuffle(SessionLog log, long seed, Path folder) {
    if (!log.hasTimes()) {
      return log;
    }
    try (LogCopy copy = LogCopy.like(log, log.sessionCount(), log.eventCount(), folder)) {
      int[] events = new int[16];
      for (int session = 0; session < log.sessionCount(); session++) {
        int length = log.end(session) - log.start(session);
        events = length <= events.length ? events : new int[length];
        shuffle(log, session, events, SimulationRandom.of(seed, session));
        copy.sink().add(log, session, events, length, null);
      }
      return copy.finish(log.items());
    }
  }

  /// Fills in the events of a session, ties in random order.
  private static void shuffle(SessionLog log, int session, int[] events, SimulationRandom random) {
    int first = log.start(session);
    Arrays.setAll(events, i -> first + i);
    int from = first;
    while (from < log.end(session)) {
      int to = from + 1;
      while (to < log.end(session) && log.timeMillis(to) == log.timeMillis(from)) {
        to++;
      }
      for (int i = to - 1; i > from; i--) {
        int other = from + random.nextInt(i - from + 1);
        int moved = events[i - first];
        events[i - first] = events[other - first];
        events[other - first] = moved;
      }
      from = to;
    }
  }
}
