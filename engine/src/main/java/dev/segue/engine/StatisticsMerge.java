package dev.segue.engine;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Adds the counts of new sessions to those of earlier ones. Successors of which only the most
/// frequent were kept are counted from what was kept.
final class StatisticsMerge {
  private StatisticsMerge() {}

  /// Returns the sums.
  ///
  /// @param earlier counts over the first items
  /// @param later counts over all items, in the same order
  static TrainingStatistics of(TrainingStatistics earlier, TrainingStatistics later) {
    int known = earlier.support().length;
    int items = later.support().length;
    int[] support = later.support().clone();
    int[] offsets = new int[items + 1];
    int most = earlier.successors().length + later.successors().length;
    int[] successors = new int[most];
    int[] counts = new int[most];
    int size = 0;
    for (int item = 0; item < items; item++) {
      TreeMap<Integer, Integer> sums = new TreeMap<>();
      add(later, item, sums);
      if (item < known) {
        support[item] += earlier.support()[item];
        add(earlier, item, sums);
      }
      Map.Entry<?, ?>[] ranked =
          sums.entrySet().stream()
              .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
              .limit(TransitionCounter.SUCCESSORS)
              .toArray(Map.Entry<?, ?>[]::new);
      for (Map.Entry<?, ?> entry : ranked) {
        successors[size] = (Integer) entry.getKey();
        counts[size++] = (Integer) entry.getValue();
      }
      offsets[item + 1] = size;
    }
    return new TrainingStatistics(
        support, offsets, Arrays.copyOf(successors, size), Arrays.copyOf(counts, size));
  }

  private static void add(TrainingStatistics counted, int item, Map<Integer, Integer> sums) {
    int end = counted.transitionOffsets()[item + 1];
    for (int i = counted.transitionOffsets()[item]; i < end; i++) {
      sums.merge(counted.successors()[i], counted.counts()[i], Integer::sum);
    }
  }
}
