package dev.segue.kernels;

import java.util.List;

/// Arguments of [Backend#clipByGlobalNorm]: `g ← g · min(1, bound / ‖g‖₂)` over all tensors
/// together (Pascanu et al. 2013). The norm is summed in double.
///
/// @param gradients the tensors that share one norm
/// @param bound the greatest norm allowed; infinity only measures
public record GradientClipping(List<Tensor> gradients, double bound) {
  /// Checks the bound.
  public GradientClipping {
    gradients = List.copyOf(gradients);
    if (!(bound > 0)) {
      throw new IllegalArgumentException(
          "clipByGlobalNorm: bound, expected more than 0, got " + bound);
    }
  }
}
