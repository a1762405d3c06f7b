package dev.segue.benchmarks;

import java.util.Random;

/// A GRU layer, forward and backward over a batch of sequences of one length.
public interface GruTask extends AutoCloseable {
  /// What to compute. Rows are steps of all sequences, one step after the other, which is both the
  /// packed layout of full sequences and PyTorch's `T × B`.
  ///
  /// @param batch B
  /// @param steps T
  /// @param inputSize E
  /// @param hiddenSize H
  /// @param input `TB × E`
  /// @param inputWeights `3H × E`, gates r, z, n
  /// @param recurrentWeights `3H × H`
  /// @param inputBias 3H
  /// @param recurrentBias 3H
  /// @param hiddenGradient `TB × H`, the gradient by every output
  record Problem(
      int batch,
      int steps,
      int inputSize,
      int hiddenSize,
      float[] input,
      float[] inputWeights,
      float[] recurrentWeights,
      float[] inputBias,
      float[] recurrentBias,
      float[] hiddenGradient) {
    /// Draws a problem; the weights as PyTorch initialises them.
    static Problem random(int batch, int steps, int inputSize, int hiddenSize) {
      Random random = new Random(7);
      float bound = (float) (1 / Math.sqrt(hiddenSize));
      return new Problem(
          batch,
          steps,
          inputSize,
          hiddenSize,
          Numbers.uniform(random, batch * steps * inputSize, 1),
          Numbers.uniform(random, 3 * hiddenSize * inputSize, bound),
          Numbers.uniform(random, 3 * hiddenSize * hiddenSize, bound),
          Numbers.uniform(random, 3 * hiddenSize, bound),
          Numbers.uniform(random, 3 * hiddenSize, bound),
          Numbers.uniform(random, batch * steps * hiddenSize, 1));
    }

    /// Returns the floating-point operations of the products: forward once, backward twice.
    long flops() {
      return 3L * 2 * batch * steps * 3 * hiddenSize * (inputSize + hiddenSize);
    }
  }

  /// What a pass leaves.
  ///
  /// @param hidden `TB × H`
  /// @param inputGradient `TB × E`
  /// @param inputWeightGradient `3H × E`
  /// @param recurrentWeightGradient `3H × H`
  record Result(
      float[] hidden,
      float[] inputGradient,
      float[] inputWeightGradient,
      float[] recurrentWeightGradient) {}

  /// Computes outputs and gradients.
  void run();

  /// Returns what the last run computed.
  Result result();

  @Override
  void close();
}
