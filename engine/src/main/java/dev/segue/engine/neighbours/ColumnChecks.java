package dev.segue.engine.neighbours;

/// Checks that the columns of a [SessionIndex] fit each other, so that a search never leaves them.
final class ColumnChecks {
  private ColumnChecks() {}

  static void check(int bound, SessionIndex.Columns columns) {
    int items = columns.support().length;
    int kept = columns.ages().length;
    require(bound >= 1, "the bound is at least 1");
    require(columns.sessions().length == 1, "one number of sessions");
    require(columns.sessions()[0] >= kept, "all sessions are at least the kept ones");
    require(columns.recent().length == items, "as many recent counts as items");
    offsets("lists", columns.listOffsets(), items, columns.lists().length);
    offsets("sessions", columns.sessionOffsets(), kept, columns.sessionItems().length);
    for (int item : columns.sessionItems()) {
      require(item >= 0 && item < items, "items below the number of items");
    }
    int before = 0;
    for (int age : columns.ages()) {
      require(age >= before, "ascending ages");
      before = age;
    }
    for (int item = 0; item < items; item++) {
      require(
          columns.support()[item] >= 0 && columns.support()[item] <= columns.sessions()[0],
          "support from 0 to the number of sessions");
      list(columns, item, bound, kept);
    }
  }

  static void check(SessionIndex.Columns columns, SessionIndex.Repeats repeats) {
    offsets("repeats", repeats.offsets(), columns.ages().length, repeats.events().length);
    for (int item : repeats.events()) {
      require(
          item >= 0 && item < columns.support().length, "repeated items below the number of items");
    }
  }

  private static void list(SessionIndex.Columns columns, int item, int bound, int kept) {
    int from = columns.listOffsets()[item];
    int to = columns.listOffsets()[item + 1];
    require(to - from <= bound, "no list longer than the bound");
    int before = -1;
    for (int i = from; i < to; i++) {
      int session = columns.lists()[i];
      require(session > before && session < kept, "lists of ascending sessions");
      before = session;
    }
  }

  private static void offsets(String what, int[] offsets, int count, int end) {
    require(offsets.length == count + 1, "one offset more than " + what);
    require(offsets[0] == 0 && offsets[count] == end, "offsets that cover the " + what);
    for (int i = 0; i < count; i++) {
      require(offsets[i] <= offsets[i + 1], "ascending offsets of " + what);
    }
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "session index: columns do not fit each other, expected " + expected);
    }
  }
}
