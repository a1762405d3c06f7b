package dev.segue.engine.network;

import dev.segue.kernels.RowGradients;
import dev.segue.kernels.Tensor;

/// The gradient of one parameter in a step.
public sealed interface Gradient {

  /// A number for each number of the parameter; the optimiser sets them to zero.
  ///
  /// @param values same shape as the parameter
  record Dense(Tensor values) implements Gradient {}

  /// Gradients of the rows that occur; all others are zero.
  ///
  /// @param rows gradients by row, or by element of a vector
  record Rows(RowGradients rows) implements Gradient {}
}
