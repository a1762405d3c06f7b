package dev.segue.engine.network;

import dev.segue.kernels.Tensor;

/// A named tensor of a network, its gradient, or a moment of an optimiser.
///
/// @param name as in the `state_dict` of the same network in PyTorch
/// @param value the numbers
/// @param vector whether it is a vector in PyTorch; here a vector is a matrix of one row
public record Parameter(String name, Tensor value, boolean vector) {
  /// Returns the shape as PyTorch has it.
  public long[] shape() {
    return vector ? new long[] {value.columns()} : new long[] {value.rows(), value.columns()};
  }
}
