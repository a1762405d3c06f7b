package dev.segue.engine.network;

import dev.segue.kernels.Backend;
import dev.segue.kernels.GatherRows;
import dev.segue.kernels.Gemm;
import dev.segue.kernels.ScatterAddRows;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// What label smoothing adds to the softmax cross-entropy over all items. With a share ε of the
/// target's probability spread evenly over all V items, l the logits and t the target:
///
/// ```
/// −(1 − ε) log p_t − ε/V Σ_j log p_j  =  cross-entropy + ε (l_t − mean_j l_j)
/// ```
///
/// The mean of the logits is the product with the mean of the weights, so the `N × V` logits are
/// not needed, and the fused operation stays as it is. Source: Szegedy et al., "Rethinking the
/// Inception architecture for computer vision", CVPR 2016, section 7.
final class LabelSmoothing {
  private final Backend backend;
  private final Tensor weights;
  private final int items;
  private final int size;

  LabelSmoothing(Backend backend, ParameterSet parameters) {
    this.backend = backend;
    this.weights = parameters.outputWeights();
    this.items = weights.rows();
    this.size = weights.columns();
  }

  /// Adds the gradients of `scale` times the term, and returns its sum over the batch.
  ///
  /// @param share ε
  /// @param hidden `N × H`
  /// @param bias `1 × V`
  /// @param hiddenGradient `N × H`, added to
  /// @param gradients of the output layer, added to
  double add(
      double share,
      double scale,
      Tensor hidden,
      int[] targets,
      Tensor bias,
      Tensor hiddenGradient,
      ParameterSet gradients) {
    int rows = targets.length;
    int[] places = new int[rows];
    Arrays.setAll(places, i -> i);
    float factor = (float) (share * scale);
    try (Tensor difference = differences(targets)) {
      float[] states = hidden.toArray();
      float[] products = difference.toArray();
      double sum = biases(targets, bias);
      float[] stateSum = new float[size];
      for (int i = 0; i < states.length; i++) {
        sum += (double) states[i] * products[i];
        products[i] *= factor;
        states[i] *= factor;
        stateSum[i % size] += states[i];
      }
      difference.write(0, FloatBuffer.wrap(products));
      backend.scatterAddRows(new ScatterAddRows(difference, places, hiddenGradient));
      difference.write(0, FloatBuffer.wrap(states));
      backend.scatterAddRows(new ScatterAddRows(difference, targets, gradients.outputWeights()));
      addToAllRows(stateSum, gradients.outputWeights());
      addBiasGradient(targets, factor, gradients.outputBias());
      return share * sum;
    }
  }

  /// Returns each target's weights less the mean of all weights.
  private Tensor differences(int[] targets) {
    Tensor difference = backend.allocate(targets.length, size);
    backend.gatherRows(new GatherRows(weights, targets, difference));
    try (Tensor shares = filled(1, items, 1f / items);
        Tensor mean = backend.allocate(1, size);
        Tensor minus = filled(targets.length, 1, -1)) {
      backend.gemm(new Gemm(shares, false, weights, false, mean, null, false));
      backend.gemm(new Gemm(minus, false, mean, false, difference, null, true));
    }
    return difference;
  }

  private Tensor filled(int rows, int columns, float value) {
    Tensor tensor = backend.allocate(rows, columns);
    tensor.fill(value);
    return tensor;
  }

  private void addToAllRows(float[] sum, Tensor gradient) {
    try (Tensor shares = filled(items, 1, -1f / items);
        Tensor row = backend.tensor(1, size, sum)) {
      backend.gemm(new Gemm(shares, false, row, false, gradient, null, true));
    }
  }

  /// Returns what the biases of the targets are above the mean of all, in all.
  private double biases(int[] targets, Tensor bias) {
    float[] values = bias.toArray();
    double sum = 0;
    for (float value : values) {
      sum -= value;
    }
    sum *= (double) targets.length / items;
    for (int target : targets) {
      sum += values[target];
    }
    return sum;
  }

  private void addBiasGradient(int[] targets, float factor, Tensor gradient) {
    float[] values = gradient.toArray();
    float all = factor * targets.length / items;
    for (int i = 0; i < values.length; i++) {
      values[i] -= all;
    }
    for (int target : targets) {
      values[target] += factor;
    }
    gradient.write(0, FloatBuffer.wrap(values));
  }
}
