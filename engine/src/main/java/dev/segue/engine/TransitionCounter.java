package dev.segue.engine;

import dev.segue.data.SessionLog;
import dev.segue.data.Vocabulary;
import java.util.Arrays;

/// Counts events and direct successions of the training sessions.
///
/// Successors are gathered for as many items at a time as memory holds, one pass over the log for
/// each such block, so that a log of any size is counted in a bounded heap. An item that occurs
/// more often than there are items has a counter for each item, any other a list of its successors.
final class TransitionCounter {
  /// Successors that are kept of an item.
  static final int SUCCESSORS = 100;

  /// A block takes a sixteenth of the heap at most.
  private static final int HEAP_SHARE = 16;

  private final SessionLog log;
  private final int[] numbers;
  private final int[] support;
  private final int[] offsets;
  private int[] successors = new int[1 << 10];
  private int[] counts = new int[1 << 10];
  private int kept;

  private TransitionCounter(SessionLog log, Vocabulary vocabulary) {
    this.log = log;
    numbers = new int[log.items().size()];
    Arrays.setAll(numbers, i -> vocabulary.number(log.items().id(i)));
    support = new int[vocabulary.size()];
    offsets = new int[vocabulary.size() + 1];
    for (int session = 0; session < log.sessionCount(); session++) {
      int end = log.end(session);
      for (int event = log.start(session); event < end; event++) {
        support[numbers[log.item(event)]]++;
      }
    }
  }

  /// Counts a log whose items are all in the vocabulary. Successors with equal counts are in order
  /// of item.
  static TrainingStatistics count(SessionLog log, Vocabulary vocabulary) {
    long room = Runtime.getRuntime().maxMemory() / HEAP_SHARE / Integer.BYTES;
    return count(log, vocabulary, Math.clamp(room, 1 << 16, 1 << 28));
  }

  /// Counts in blocks of about so many successors; the result does not depend on it.
  static TrainingStatistics count(SessionLog log, Vocabulary vocabulary, int room) {
    var counter = new TransitionCounter(log, vocabulary);
    int items = vocabulary.size();
    for (int from = 0; from < items; ) {
      long size = 0;
      int to = from;
      while (to < items && (to == from || size + counter.width(to) <= room)) {
        size += counter.width(to);
        to++;
      }
      counter.countBlock(from, to, (int) size);
      from = to;
    }
    return new TrainingStatistics(
        counter.support,
        counter.offsets,
        Arrays.copyOf(counter.successors, counter.kept),
        Arrays.copyOf(counter.counts, counter.kept));
  }

  /// Returns how many numbers an item takes in a block.
  private int width(int item) {
    return Math.min(support[item], support.length);
  }

  private boolean hasCounters(int item) {
    return support[item] > support.length;
  }

  private void countBlock(int from, int to, int size) {
    int[] starts = new int[to - from + 1];
    for (int item = from; item < to; item++) {
      starts[item - from + 1] = starts[item - from] + width(item);
    }
    int[] next = starts.clone();
    int[] block = new int[size];
    for (int session = 0; session < log.sessionCount(); session++) {
      int end = log.end(session);
      int previous = numbers[log.item(log.start(session))];
      for (int event = log.start(session) + 1; event < end; event++) {
        int item = numbers[log.item(event)];
        if (previous >= from && previous < to) {
          int place = previous - from;
          if (hasCounters(previous)) {
            block[starts[place] + item]++;
          } else {
            block[next[place]++] = item;
          }
        }
        previous = item;
      }
    }
    for (int item = from; item < to; item++) {
      int start = starts[item - from];
      long[] ranked =
          hasCounters(item)
              ? ofCounters(block, start, starts[item - from + 1])
              : ofList(block, start, next[item - from]);
      keep(item, ranked);
    }
  }

  private static long[] ofCounters(int[] block, int from, int to) {
    long[] ranked = new long[to - from];
    int distinct = 0;
    for (int i = from; i < to; i++) {
      if (block[i] > 0) {
        ranked[distinct++] = rank(block[i], i - from);
      }
    }
    return Arrays.copyOf(ranked, distinct);
  }

  private static long[] ofList(int[] block, int from, int to) {
    Arrays.sort(block, from, to);
    long[] ranked = new long[to - from];
    int distinct = 0;
    for (int i = from; i < to; ) {
      int next = i;
      while (next < to && block[next] == block[i]) {
        next++;
      }
      ranked[distinct++] = rank(next - i, block[i]);
      i = next;
    }
    return Arrays.copyOf(ranked, distinct);
  }

  /// Returns a number that sorts the most frequent first: the upper half is the count, subtracted
  /// from the greatest int, the lower half the item.
  private static long rank(int count, int item) {
    return ((long) (Integer.MAX_VALUE - count) << Integer.SIZE) | item;
  }

  /// Keeps the best successors of an item; items come in order.
  private void keep(int item, long[] ranked) {
    Arrays.sort(ranked);
    int best = Math.min(ranked.length, SUCCESSORS);
    if (kept + best > successors.length) {
      int larger = Math.max(kept + best, successors.length + (successors.length >> 1));
      successors = Arrays.copyOf(successors, larger);
      counts = Arrays.copyOf(counts, larger);
    }
    for (int i = 0; i < best; i++) {
      successors[kept] = (int) ranked[i];
      counts[kept] = Integer.MAX_VALUE - (int) (ranked[i] >>> Integer.SIZE);
      kept++;
    }
    offsets[item + 1] = kept;
  }
}
