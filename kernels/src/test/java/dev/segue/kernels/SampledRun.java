package dev.segue.kernels;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// A sampled loss with random numbers, computed on some backend.
final class SampledRun {
  private final Map<String, float[]> results = new LinkedHashMap<>();
  private final double loss;

  /// Computes loss and gradients.
  ///
  /// @param rows N
  /// @param columns C
  /// @param items V; small enough and some stand in several columns
  /// @param size H
  SampledRun(
      Backend backend,
      SampledLoss.Objective objective,
      int rows,
      int columns,
      int items,
      int size) {
    boolean corrected = objective instanceof SampledLoss.Softmax;
    Tensor biasGradient = Contract.normal(backend, 1, columns, 1, 6);
    float[] weights = Contract.normal(rows, 1, 9);
    for (int i = 0; i < rows; i++) {
      weights[i] = Math.abs(weights[i]);
    }
    var gradients =
        new SampledLoss.Gradients(
            Contract.normal(backend, rows, size, 1, 4),
            Contract.normal(backend, columns, size, 1, 5),
            biasGradient);
    loss =
        backend
            .sampledLoss(
                new SampledLoss(
                    Contract.normal(backend, rows, size, 1, 1),
                    Contract.normal(backend, items, size, 1 / Math.sqrt(size), 2),
                    Contract.normal(backend, 1, items, 1, 3),
                    Contract.ids(columns, items, 7),
                    corrected ? Contract.normal(columns, 1, 8) : new float[0],
                    objective,
                    weights,
                    1f / Math.max(1, rows),
                    gradients))
            .getAsDouble();
    results.put("hidden gradient", gradients.hidden().toArray());
    results.put("row gradient", gradients.rows().toArray());
    results.put("bias gradient", biasGradient.toArray());
  }

  double loss() {
    return loss;
  }

  float[] result(String name) {
    return Objects.requireNonNull(results.get(name));
  }

  Map<String, float[]> results() {
    return results;
  }
}
