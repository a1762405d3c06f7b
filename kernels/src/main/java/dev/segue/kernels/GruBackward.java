package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#gruBackward]: backpropagation through time over a packed batch. With g the
/// gradient that reaches h' and `a = W_hn h + b_hn`:
///
/// ```
/// dn = g ⊙ (1 − z) ⊙ (1 − n²)        da = dn ⊙ r
/// dz = g ⊙ (h − n) ⊙ z ⊙ (1 − z)     dr = dn ⊙ a ⊙ r ⊙ (1 − r)
/// dx = W_iᵀ [dr; dz; dn]             dh = g ⊙ z + W_hᵀ [dr; dz; da]
/// ```
///
/// Weight gradients are added to what `weightGradients` holds.
///
/// @param forward the forward pass, with gates kept. Their values are used up: a backend may leave
///   others in their place
/// @param hiddenGradient `N × H`, the gradient of the loss by each step's output; not changed
/// @param inputGradient `N × E`, receives the gradient by the input, or null
/// @param weightGradients accumulates the gradients of the weights
/// @param initialHiddenGradient `B × H`, receives the gradient by the initial state, or null
public record GruBackward(
    GruForward forward,
    Tensor hiddenGradient,
    @Nullable Tensor inputGradient,
    GruWeights weightGradients,
    @Nullable Tensor initialHiddenGradient) {

  /// Checks shapes.
  public GruBackward {
    int rows = forward.layout().rows();
    int size = forward.weights().hiddenSize();
    int inputSize = forward.weights().inputSize();
    if (forward.gates() == null) {
      throw new IllegalArgumentException(
          "gruBackward: the forward pass kept no gates, expected a gates tensor, got null");
    }
    Shapes.check("gruBackward", "hidden gradient", hiddenGradient, rows, size);
    Shapes.equal("gruBackward", "hidden size of gradients", size, weightGradients.hiddenSize());
    Shapes.equal("gruBackward", "input size of gradients", inputSize, weightGradients.inputSize());
    if (inputGradient != null) {
      Shapes.check("gruBackward", "input gradient", inputGradient, rows, inputSize);
    }
    if (initialHiddenGradient != null) {
      int sequences = forward.layout().sequences();
      Shapes.check(
          "gruBackward", "initial hidden gradient", initialHiddenGradient, sequences, size);
    }
  }
}
