package dev.segue.engine.neighbours;

import dev.segue.data.SessionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Small logs and indexes for tests; item n has the id `n`.
final class Indexes {
  static final long DAY_MILLIS = 86_400_000;

  private Indexes() {}

  /// Returns a log of one session a day; the last is of the last day.
  static SessionLog daily(int[]... sessions) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int day = 0; day < sessions.length; day++) {
      for (int item : sessions[day]) {
        builder.add("s" + day, "" + item, day * DAY_MILLIS, "", -1);
      }
    }
    return builder.build();
  }

  /// Returns a log without times.
  static SessionLog untimed(int[]... sessions) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int s = 0; s < sessions.length; s++) {
      for (int item : sessions[s]) {
        builder.add("s" + s, "" + item);
      }
    }
    return builder.build();
  }

  static SessionIndex index(SessionLog log, int items, int bound, int maxLength) {
    int[] numbers = new int[log.items().size()];
    Arrays.setAll(numbers, i -> Integer.parseInt(log.items().id(i)));
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numbers[i] < items ? numbers[i] : -1;
    }
    return SessionIndexBuilder.build(log, numbers, items, bound, maxLength);
  }

  /// Returns the sessions that an item lists.
  static List<Integer> list(SessionIndex index, int item) {
    return slice(index.columns().lists(), index.columns().listOffsets(), item);
  }

  /// Returns the items of a session.
  static List<Integer> items(SessionIndex index, int session) {
    return slice(index.columns().sessionItems(), index.columns().sessionOffsets(), session);
  }

  private static List<Integer> slice(int[] values, int[] offsets, int place) {
    List<Integer> slice = new ArrayList<>();
    for (int i = offsets[place]; i < offsets[place + 1]; i++) {
      slice.add(values[i]);
    }
    return slice;
  }

  /// Returns the scores of the items that have one.
  static Map<Integer, Float> scores(NeighbourScorer scorer, int... session) {
    SearchSpace space = new SearchSpace(scorer.index().items());
    scorer.score(session, session.length, space);
    Map<Integer, Float> scores = new TreeMap<>();
    for (int i = 0; i < space.scores().size(); i++) {
      int item = space.scores().item(i);
      scores.put(item, space.scores().score(item));
    }
    return scores;
  }
}
