package dev.segue.engine.files;

import dev.segue.kernels.Tensor;

/// A tensor to write.
public sealed interface TensorData {
  /// Returns its name.
  String name();

  /// Returns its shape.
  long[] shape();

  /// 32-bit floats.
  ///
  /// @param name its name
  /// @param shape its shape; the product is the tensor's size
  /// @param tensor the numbers
  record Floats(String name, long[] shape, Tensor tensor) implements TensorData {}

  /// 32-bit integers in one dimension.
  ///
  /// @param name its name
  /// @param values the numbers
  record Ints(String name, int[] values) implements TensorData {
    @Override
    public long[] shape() {
      return new long[] {values.length};
    }
  }
}
