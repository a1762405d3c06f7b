package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Nothing but the output layer itself.
///
/// @param weights `V × H`
/// @param bias `1 × V`, or null
record ExactIndex(Tensor weights, @Nullable Tensor bias) implements RankingIndex {
  /// Checks shapes.
  ExactIndex {
    if (bias != null) {
      Shapes.check("topK", "bias", bias, 1, weights.rows());
    }
  }

  @Override
  public long sizeInBytes() {
    return 0;
  }
}
