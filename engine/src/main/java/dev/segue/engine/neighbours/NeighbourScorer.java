package dev.segue.engine.neighbours;

/// Scores items after some events of a session. Immutable and thread safe; what a search needs
/// besides the scores it keeps in a [SearchSpace] of its caller.
public sealed interface NeighbourScorer permits SessionNeighbours, ItemNeighbours, SequentialRules {
  /// Returns the index that it asks.
  SessionIndex index();

  /// Adds the scores of all items that have one.
  ///
  /// @param session distinct items in order of their last occurrence, from the first place on
  /// @param length how many of them, at least 1
  /// @param space where to search; its scores are 0 before
  void score(int[] session, int length, SearchSpace space);
}
