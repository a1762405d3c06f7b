package dev.segue.engine;

import dev.segue.data.SessionLog;
import dev.segue.data.Vocabulary;
import java.util.Arrays;

/// Counts events and direct successions of the training sessions.
final class TransitionCounter {
  private static final int SUCCESSORS = 100;

  private TransitionCounter() {}

  /// Counts a log whose items are all in the vocabulary. Successors with equal counts are in order
  /// of item.
  static TrainingStatistics count(SessionLog log, Vocabulary vocabulary) {
    int[] numbers = new int[log.items().size()];
    Arrays.setAll(numbers, i -> vocabulary.number(log.items().id(i)));
    int[] support = new int[vocabulary.size()];
    long[] pairs = new long[log.eventCount()];
    int size = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      for (int event = log.start(session); event < log.end(session); event++) {
        int item = numbers[log.item(event)];
        support[item]++;
        if (event > log.start(session)) {
          pairs[size++] = (long) numbers[log.item(event - 1)] << Integer.SIZE | item;
        }
      }
    }
    Arrays.sort(pairs, 0, size);
    return mostFrequent(support, Arrays.copyOf(pairs, size));
  }

  /// Turns sorted pairs into the most frequent successors of each item.
  private static TrainingStatistics mostFrequent(int[] support, long[] pairs) {
    int[] offsets = new int[support.length + 1];
    int[] successors = new int[pairs.length];
    int[] counts = new int[pairs.length];
    int kept = 0;
    int position = 0;
    for (int item = 0; item < support.length; item++) {
      int end = position;
      while (end < pairs.length && pairs[end] >>> Integer.SIZE == item) {
        end++;
      }
      for (long ranked : rank(pairs, position, end)) {
        successors[kept] = (int) ranked;
        counts[kept] = Integer.MAX_VALUE - (int) (ranked >>> Integer.SIZE);
        kept++;
      }
      offsets[item + 1] = kept;
      position = end;
    }
    return new TrainingStatistics(
        support, offsets, Arrays.copyOf(successors, kept), Arrays.copyOf(counts, kept));
  }

  /// Returns the best successors of one item, best first: the upper half of each number is the
  /// count, subtracted from the greatest int so that order is ascending, the lower half the item.
  private static long[] rank(long[] pairs, int from, int to) {
    long[] ranked = new long[to - from];
    int distinct = 0;
    for (int i = from; i < to; ) {
      int next = i;
      while (next < to && pairs[next] == pairs[i]) {
        next++;
      }
      ranked[distinct++] = (long) (Integer.MAX_VALUE - (next - i)) << Integer.SIZE | (int) pairs[i];
      i = next;
    }
    Arrays.sort(ranked, 0, distinct);
    return Arrays.copyOf(ranked, Math.min(distinct, SUCCESSORS));
  }
}
