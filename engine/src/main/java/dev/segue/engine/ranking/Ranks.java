package dev.segue.engine.ranking;

/// The rank of a target among all items, with ties counted against the model.
public final class Ranks {
  private Ranks() {}

  /// Returns the number of items that are not scored below the target, the target included: 1 is
  /// the best. An item that is scored equally counts against the target, and so does one whose
  /// score is NaN; a target whose own score is NaN has rank `count`.
  ///
  /// @param scores holds the scores from `offset` on
  /// @param offset where they start
  /// @param count number of items
  /// @param target item number, 0 to `count` − 1
  public static int of(float[] scores, int offset, int count, int target) {
    float bar = scores[offset + target];
    int below = 0;
    for (int i = offset; i < offset + count; i++) {
      below += scores[i] < bar ? 1 : 0;
    }
    return count - below;
  }
}
