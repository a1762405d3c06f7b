package dev.segue.engine.network;

/// The items that a sampled loss scores for a batch.
///
/// @param items the batch's targets in order, then the negatives that all its rows share
/// @param corrections what each column's scores are lowered by, or an empty array for nothing
public record SampledColumns(int[] items, float[] corrections) {}
