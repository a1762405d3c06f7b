package dev.segue.data;

import java.util.stream.IntStream;

/// Puts events of one session that share a time into random order. Where times are days, the order
/// inside a day is an artefact of how the file was made, and a model would learn the artefact.
public final class TieBreak {
  private TieBreak() {}

  /// Returns the log with ties in random order, the same for the same seed. A log without times is
  /// returned as it is: its order is all that is known.
  public static SessionLog shuffle(SessionLog log, long seed) {
    if (!log.hasTimes()) {
      return log;
    }
    int[] events = IntStream.range(0, log.eventCount()).toArray();
    int[] sessions = IntStream.range(0, log.sessionCount()).toArray();
    int[] starts = new int[log.sessionCount() + 1];
    for (int session = 0; session < log.sessionCount(); session++) {
      starts[session + 1] = log.end(session);
      shuffle(log, session, events, SimulationRandom.of(seed, session));
    }
    return log.arranged(sessions, starts, events, log.items(), null);
  }

  private static void shuffle(SessionLog log, int session, int[] events, SimulationRandom random) {
    int from = log.start(session);
    while (from < log.end(session)) {
      int to = from + 1;
      while (to < log.end(session) && log.timeMillis(to) == log.timeMillis(from)) {
        to++;
      }
      for (int i = to - 1; i > from; i--) {
        int other = from + random.nextInt(i - from + 1);
        int moved = events[i];
        events[i] = events[other];
        events[other] = moved;
      }
      from = to;
    }
  }
}
