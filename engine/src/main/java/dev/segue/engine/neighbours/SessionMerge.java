package dev.segue.engine.neighbours;

/// Walks the lists of several items in one pass, most recent session first. A session that several
/// lists hold comes once for each, one after the other, in order of list. Cost: log m for each
/// listing passed, with m lists; memory does not depend on the number of sessions.
final class SessionMerge {
  private final int[] lists;
  private final int[] cursors;
  private final int[] ends;
  // The session in the upper bits, the list in the lower ones: a binary heap, smallest at the root.
  private final long[] heap;
  private int size;

  /// Starts the walk.
  ///
  /// @param columns the index
  /// @param session distinct items; the last one is list 0, the one before it list 1, and so on
  /// @param length how many of them
  SessionMerge(SessionIndex.Columns columns, int[] session, int length) {
    lists = columns.lists();
    cursors = new int[length];
    ends = new int[length];
    heap = new long[length];
    for (int list = 0; list < length; list++) {
      int item = session[length - 1 - list];
      cursors[list] = columns.listOffsets()[item];
      ends[list] = columns.listOffsets()[item + 1];
      if (cursors[list] < ends[list]) {
        heap[size++] = (long) lists[cursors[list]] << Integer.SIZE | list;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  boolean isAtEnd() {
    return size == 0;
  }

  /// Returns the current session.
  int session() {
    return (int) (heap[0] >>> Integer.SIZE);
  }

  /// Returns the current list.
  int list() {
    return (int) heap[0];
  }

  /// Goes on to the next listing.
  void advance() {
    int list = list();
    int cursor = ++cursors[list];
    if (cursor < ends[list]) {
      heap[0] = (long) lists[cursor] << Integer.SIZE | list;
    } else {
      heap[0] = heap[--size];
    }
    sink(0);
  }

  private void sink(int from) {
    int i = from;
    long moved = heap[i];
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (moved <= heap[child]) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = moved;
  }
}
