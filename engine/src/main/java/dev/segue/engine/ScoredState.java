package dev.segue.engine;

import dev.segue.engine.ranking.BestItems;
import dev.segue.kernels.TopK;
import org.jspecify.annotations.Nullable;

/// A state that finds its best items among all its scores.
abstract class ScoredState implements ModelState {
  /// Returns V.
  abstract int items();

  @Override
  public TopK top(int k, int[] excluded, long @Nullable [] allowed) {
    float[] scores = new float[items()];
    scores(scores);
    return new BestItems(Math.min(k, items())).select(scores, items(), excluded, allowed);
  }
}
