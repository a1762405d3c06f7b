package dev.segue.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/// An array with a gradient.
///
/// @param value the numbers
record DjlParameter(NDArray value) {
  static DjlParameter of(NDManager manager, float[] values, long... shape) {
    NDArray value = manager.create(values, new Shape(shape));
    value.setRequiresGradient(true);
    return new DjlParameter(value);
  }

  /// Sets the gradient to zero as DJL does: by subtracting it from itself.
  void clear() {
    try (NDArray gradient = value.getGradient()) {
      gradient.subi(gradient);
    }
  }

  float[] gradient() {
    try (NDArray gradient = value.getGradient()) {
      return gradient.toFloatArray();
    }
  }
}
