package dev.segue.engine;

import dev.segue.data.SessionLog;
import dev.segue.engine.random.SeededRandom;

/// Logs for tests.
final class Logs {
  private static final String[] DOMAINS = {"Movie", "Music", "Book"};

  private Logs() {}

  /// Returns the id of an item by number; neighbours are of different domains.
  static String id(int item) {
    return DOMAINS[item % DOMAINS.length] + "_" + item;
  }

  /// Sessions that walk round a circle of items from a random start: the next item follows from the
  /// one before with certainty.
  ///
  /// @param items size of the circle
  /// @param sessions number of sessions, of 2 to 9 events
  static SessionLog cycles(int items, int sessions, long seed) {
    SeededRandom random = new SeededRandom(seed, 0);
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < sessions; session++) {
      int item = random.nextInt(items);
      int length = 2 + random.nextInt(8);
      for (int i = 0; i < length; i++) {
        builder.add("s" + session, id(item), session * 1000L + i, "", -1);
        item = (item + 1) % items;
      }
    }
    return builder.build();
  }

  /// Sessions of four random events, from which nothing can be learned.
  static SessionLog random(int items, int sessions, long seed) {
    SeededRandom random = new SeededRandom(seed, 0);
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < sessions; session++) {
      for (int i = 0; i < 4; i++) {
        builder.add("s" + session, id(random.nextInt(items)), session * 1000L + i, "", -1);
      }
    }
    return builder.build();
  }
}
