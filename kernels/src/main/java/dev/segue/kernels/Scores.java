package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#scores]: `out[i · V + j] = hidden_i · weights_j + bias_j`.
///
/// @param hidden `B × H`
/// @param weights `V × H`
/// @param bias `1 × V`, or null
/// @param out receives `B · V` scores, row-major; it may be longer
public record Scores(Tensor hidden, Tensor weights, @Nullable Tensor bias, float[] out) {
  /// Checks shapes.
  public Scores {
    Shapes.check("scores", "hidden", hidden, hidden.rows(), weights.columns());
    if (bias != null) {
      Shapes.check("scores", "bias", bias, 1, weights.rows());
    }
    long needed = (long) hidden.rows() * weights.rows();
    if (out.length < needed) {
      throw new IllegalArgumentException(
          "scores: out is too short, expected %d, got %d".formatted(needed, out.length));
    }
  }
}
