package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Tests of the row weights of [Backend#softmaxCrossEntropy] and [Backend#sampledLoss]: loss and
/// gradients are the sums of those of single rows, each times its weight.
interface RowWeightsContract extends Contract {
  int ROWS = 5;
  int ITEMS = 40;
  int SIZE = 18;

  private static float[] weights() {
    return new float[] {0.5f, 0, 6, 2, 1.75f};
  }

  /// Loss and gradients, one after another.
  private static double[] join(double loss, Tensor... gradients) {
    double[] all = {loss};
    for (Tensor gradient : gradients) {
      float[] values = gradient.toArray();
      int at = all.length;
      all = Arrays.copyOf(all, at + values.length);
      for (int i = 0; i < values.length; i++) {
        all[at + i] = values[i];
      }
    }
    return all;
  }

  private double[] crossEntropy(float[] weights) {
    Tensor bias = backend().allocate(1, ITEMS);
    var gradients =
        new SoftmaxCrossEntropy.Gradients(
            backend().allocate(ROWS, SIZE), backend().allocate(ITEMS, SIZE), bias);
    var op =
        new SoftmaxCrossEntropy(
            Contract.normal(backend(), ROWS, SIZE, 1, 1),
            Contract.normal(backend(), ITEMS, SIZE, 0.3, 2),
            Contract.normal(backend(), 1, ITEMS, 1, 3),
            new int[] {3, 39, 3, 0, 17},
            weights,
            0.5f,
            gradients);
    return join(
        backend().softmaxCrossEntropy(op).getAsDouble(),
        gradients.hidden(),
        gradients.weights(),
        bias);
  }

  private double[] sampled(SampledLoss.Objective objective, float[] weights) {
    int[] items = {3, 39, 3, 0, 17, 8, 8, 21, 3, 5, 30};
    Tensor bias = backend().allocate(1, items.length);
    var gradients =
        new SampledLoss.Gradients(
            backend().allocate(ROWS, SIZE), backend().allocate(items.length, SIZE), bias);
    var op =
        new SampledLoss(
            Contract.normal(backend(), ROWS, SIZE, 1, 1),
            Contract.normal(backend(), ITEMS, SIZE, 0.3, 2),
            Contract.normal(backend(), 1, ITEMS, 1, 3),
            items,
            SampledLossContract.NONE,
            objective,
            weights,
            0.5f,
            gradients);
    return join(
        backend().sampledLoss(op).getAsDouble(), gradients.hidden(), gradients.rows(), bias);
  }

  /// Adds up what the rows give one at a time.
  private static double[] sum(Function<float[], double[]> ofWeights) {
    double[] sum = {};
    for (int row = 0; row < ROWS; row++) {
      float[] single = new float[ROWS];
      single[row] = 1;
      double[] of = ofWeights.apply(single);
      sum = Arrays.copyOf(sum, of.length);
      for (int i = 0; i < of.length; i++) {
        sum[i] += weights()[row] * of[i];
      }
    }
    return sum;
  }

  @Test
  default void crossEntropyIsTheWeightedSumOfItsRows() {
    double[] expected = sum(this::crossEntropy);
    assertThat(crossEntropy(weights())).containsExactly(expected, within(1e-4));
    assertThat(expected[0]).isNotCloseTo(crossEntropy(new float[0])[0], within(0.1));
  }

  @ParameterizedTest
  @FieldSource("dev.segue.kernels.SampledLossContract#OBJECTIVES")
  default void sampledLossIsTheWeightedSumOfItsRows(SampledLoss.Objective objective) {
    double[] expected = sum(weights -> sampled(objective, weights));
    assertThat(sampled(objective, weights())).containsExactly(expected, within(1e-4));
    assertThat(expected[0]).isNotCloseTo(sampled(objective, new float[0])[0], within(0.1));
  }

  @ParameterizedTest
  @FieldSource("dev.segue.kernels.SampledLossContract#OBJECTIVES")
  default void weightsOfOneChangeNoBit(SampledLoss.Objective objective) {
    float[] ones = {1, 1, 1, 1, 1};
    assertThat(crossEntropy(ones)).containsExactly(crossEntropy(new float[0]));
    assertThat(sampled(objective, ones)).containsExactly(sampled(objective, new float[0]));
  }

  @Test
  default void weightsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> crossEntropy(new float[] {1, 2}))
        .hasMessage("softmaxCrossEntropy: row weights and rows differ, expected 5, got 2");
    assertThatThrownBy(() -> sampled(new SampledLoss.Softmax(), new float[] {1, 1, -1, 1, 1}))
        .hasMessage("sampledLoss: row weight 2 is no weight, expected 0 or more, got -1.0");
    assertThatThrownBy(() -> crossEntropy(new float[] {Float.NaN, 1, 1, 1, 1}))
        .hasMessageEndingWith("row weight 0 is no weight, expected 0 or more, got NaN");
  }
}
