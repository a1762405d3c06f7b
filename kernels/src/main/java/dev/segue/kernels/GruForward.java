package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#gruForward]. For every step t and live sequence:
///
/// ```
/// r  = σ(W_ir x + b_ir + W_hr h + b_hr)
/// z  = σ(W_iz x + b_iz + W_hz h + b_hz)
/// n  = tanh(W_in x + b_in + r ⊙ (W_hn h + b_hn))
/// h' = (1 − z) ⊙ n + z ⊙ h
/// ```
///
/// Source: Cho et al. 2014; reset after the recurrent product, as PyTorch and cuDNN compute it.
///
/// @param layout which rows belong to which step, N rows in all
/// @param input `N × E`
/// @param weights of one layer
/// @param initialHidden `B × H`, or null for zeros
/// @param hidden `N × H`, receives h' of every step
/// @param gates `N × 4H`, receives r, z, n and `W_hn h + b_hn` for the backward pass, or null
public record GruForward(
    PackedLayout layout,
    Tensor input,
    GruWeights weights,
    @Nullable Tensor initialHidden,
    Tensor hidden,
    @Nullable Tensor gates) {

  /// Checks shapes.
  public GruForward {
    int rows = layout.rows();
    int size = weights.hiddenSize();
    Shapes.check("gruForward", "input", input, rows, weights.inputSize());
    Shapes.check("gruForward", "hidden", hidden, rows, size);
    if (initialHidden != null) {
      Shapes.check("gruForward", "initial hidden", initialHidden, layout.sequences(), size);
    }
    if (gates != null) {
      Shapes.check("gruForward", "gates", gates, rows, 4 * size);
    }
  }
}
