package dev.segue.engine;

/// Counts over the training sessions, kept in the model directory so that baselines need no log.
///
/// @param support V numbers: events of each item
/// @param transitionOffsets V + 1 numbers: where the successors of each item start
/// @param successors items that directly followed, most frequent first, at most 100 an item
/// @param counts how often each did
public record TrainingStatistics(
    int[] support, int[] transitionOffsets, int[] successors, int[] counts) {}
