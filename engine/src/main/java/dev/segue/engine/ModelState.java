package dev.segue.engine;

import dev.segue.kernels.TopK;
import org.jspecify.annotations.Nullable;

/// The state of a model after some events of one session. Not thread safe.
public interface ModelState {
  /// Takes one event; costs one step of the model.
  void add(ModelEvent event);

  /// Writes the scores of all V items for the next event into `out`.
  void scores(float[] out);

  /// Returns the k best items, best first, equal scores in order of item.
  ///
  /// @param k how many, at least 1
  /// @param excluded items that must not appear, in any order
  /// @param allowed a bit per item, or null for all; see [dev.segue.kernels.TopKSearch]
  TopK top(int k, int[] excluded, long @Nullable [] allowed);
}
