package dev.segue.benchmarks;

import java.util.Random;

/// The output layer and softmax cross-entropy over all items, with gradients.
public interface CrossEntropyTask extends AutoCloseable {
  /// What to compute: the mean loss of N rows and its gradients.
  ///
  /// @param hidden `N × H`
  /// @param weights `V × H`
  /// @param bias V
  /// @param targets N items
  /// @param size H
  record Problem(float[] hidden, float[] weights, float[] bias, int[] targets, int size) {
    /// Draws a problem.
    static Problem random(int rows, int items, int size) {
      Random random = new Random(11);
      float bound = (float) (1 / Math.sqrt(size));
      return new Problem(
          Numbers.uniform(random, rows * size, 1),
          Numbers.uniform(random, items * size, bound),
          Numbers.uniform(random, items, bound),
          random.ints(rows, 0, items).toArray(),
          size);
    }

    int rows() {
      return targets.length;
    }

    int items() {
      return bias.length;
    }

    /// Returns the floating-point operations of the three products.
    long flops() {
      return 3L * 2 * rows() * items() * size;
    }
  }

  /// What a pass leaves.
  ///
  /// @param loss the mean
  /// @param hiddenGradient `N × H`
  /// @param weightGradient `V × H`
  /// @param biasGradient V
  record Result(
      double loss, float[] hiddenGradient, float[] weightGradient, float[] biasGradient) {}

  /// Computes loss and gradients and returns the mean loss.
  double run();

  /// Returns what the last run computed.
  Result result();

  @Override
  void close();
}
