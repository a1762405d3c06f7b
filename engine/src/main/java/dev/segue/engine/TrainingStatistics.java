package dev.segue.engine;

import java.util.Arrays;

/// Counts over the training sessions, kept in the model directory so that baselines need no log.
///
/// @param support V numbers: events of each item
/// @param transitionOffsets V + 1 numbers: where the successors of each item start
/// @param successors items that directly followed, most frequent first, at most 100 an item
/// @param counts how often each did
public record TrainingStatistics(
    int[] support, int[] transitionOffsets, int[] successors, int[] counts) {

  /// Returns the counts over another number of items: items that are more have no events, items
  /// that are fewer had none.
  TrainingStatistics over(int items) {
    int[] offsets = Arrays.copyOf(transitionOffsets, items + 1);
    for (int i = support.length + 1; i <= items; i++) {
      offsets[i] = transitionOffsets[support.length];
    }
    return new TrainingStatistics(Arrays.copyOf(support, items), offsets, successors, counts);
  }
}
