package dev.segue.kernels;

/// The answer of [Backend#topK]: for each row the items best first, equal scores in order of item.
///
/// @param items for each row at most k item numbers
/// @param scores their scores, in the same order
public record TopK(int[][] items, float[][] scores) {}
