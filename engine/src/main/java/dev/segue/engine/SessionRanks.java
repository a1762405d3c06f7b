package dev.segue.engine;

import java.util.Arrays;

/// The ranks of a batch's targets until all targets of its sessions are ranked: models visit them
/// in any order, and what is counted by session needs a whole session. Not thread safe.
final class SessionRanks {
  private int[] ranks = new int[0];
  private int fromSession;
  private int toSession;
  private int firstEvent;

  /// Forgets everything and starts a batch.
  void start(TargetBatch batch) {
    fromSession = batch.fromSession();
    toSession = batch.toSession();
    firstEvent = batch.firstEvent();
    int events = batch.endEvent() - firstEvent;
    if (events > ranks.length) {
      ranks = new int[events];
    }
    Arrays.fill(ranks, 0, events, RankCounts.MISS);
  }

  /// Takes the rank of a target.
  void put(int event, int rank) {
    ranks[event - firstEvent] = rank;
  }

  /// Counts the sessions of the batch.
  void countInto(GroupCounts counts) {
    for (int session = fromSession; session < toSession; session++) {
      counts.add(session, ranks, firstEvent);
    }
  }
}
