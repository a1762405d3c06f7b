package dev.segue.engine.content;

/// A sparse vector: what a session is about.
///
/// @param features ascending
/// @param weights in the same order
public record SparseVector(int[] features, float[] weights) {
  /// Returns the number of entries that are not zero.
  public int size() {
    return features.length;
  }
}
