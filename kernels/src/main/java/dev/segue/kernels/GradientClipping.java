package dev.segue.kernels;

import java.util.List;

/// Arguments of [Backend#clipByGlobalNorm]: `g ← g · min(1, bound / ‖g‖₂)` over all tensors and
/// rows together (Pascanu et al. 2013). The norm is summed in double. Rows count as what they sum
/// up to: a row that occurs twice has one gradient.
///
/// @param gradients the tensors that share one norm
/// @param rows gradients of rows that share it too
/// @param bound the greatest norm allowed; infinity only measures
public record GradientClipping(List<Tensor> gradients, List<RowGradients> rows, double bound) {
  /// Checks the bound.
  public GradientClipping {
    gradients = List.copyOf(gradients);
    rows = List.copyOf(rows);
    if (!(bound > 0)) {
      throw new IllegalArgumentException(
          "clipByGlobalNorm: bound, expected more than 0, got " + bound);
    }
  }

  /// Clips tensors alone.
  public GradientClipping(List<Tensor> gradients, double bound) {
    this(gradients, List.of(), bound);
  }
}
