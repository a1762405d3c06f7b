package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.kernels.SampledLoss.BprMax;
import dev.segue.kernels.SampledLoss.Softmax;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// Tests of [Backend#sampledLoss].
interface SampledLossContract extends Contract {
  float[] NONE = {};

  List<Arguments> GOLDEN =
      List.of(
          Arguments.of("sampled_softmax", new Softmax()),
          Arguments.of("bpr_max", new BprMax(0.7, 0)),
          Arguments.of("bpr_max_elu", new BprMax(0.7, 0.5)));

  List<SampledLoss.Objective> OBJECTIVES =
      List.of(new Softmax(), new BprMax(0, 0), new BprMax(0.8, 0), new BprMax(0.8, 1));

  @ParameterizedTest
  @FieldSource("GOLDEN")
  default void sampledLossGivesPyTorchsLossAndGradients(
      String file, SampledLoss.Objective objective) {
    Golden golden = Golden.read(file);
    int[] items = golden.integers("items");
    Tensor biasGradient = backend().allocate(1, items.length);
    var gradients =
        new SampledLoss.Gradients(
            backend().allocate(7, 18), backend().allocate(items.length, 18), biasGradient);
    double loss =
        backend()
            .sampledLoss(
                new SampledLoss(
                    golden.tensor(backend(), "hidden"),
                    golden.tensor(backend(), "weights"),
                    golden.tensor(backend(), "bias"),
                    items,
                    objective instanceof Softmax ? golden.numbers("corrections") : NONE,
                    objective,
                    1 / 7f,
                    gradients))
            .getAsDouble();
    float expected = golden.numbers("loss")[0];
    int length = 26 * 18;
    assertThat(loss).isCloseTo(expected, within(Tolerance.of(length, expected)));
    Tolerance.assertClose("hidden", gradients.hidden(), golden.numbers("hiddenGradient"), length);
    Tolerance.assertClose("rows", gradients.rows(), golden.numbers("rowGradient"), length);
    Tolerance.assertClose("bias", biasGradient.toArray(), golden.numbers("biasGradient"), length);
  }

  private static SampledLoss ofScores(
      Backend backend, float[] scores, int[] items, SampledLoss.Objective objective) {
    Tensor weights = backend.tensor(scores.length, 1, scores);
    var gradients =
        new SampledLoss.Gradients(backend.allocate(1, 1), backend.allocate(items.length, 1), null);
    Tensor hidden = backend.tensor(1, 1, 1);
    return new SampledLoss(hidden, weights, null, items, NONE, objective, 1, gradients);
  }

  private static float[] slopes(SampledLoss op) {
    SampledLoss.Gradients gradients = op.gradients();
    return gradients == null ? new float[0] : gradients.rows().toArray();
  }

  /// Two negatives of score 0 and log 3 have s = 1/4 and 3/4; the positive has score log 2.
  @Test
  default void bprMaxIsTheFormulaByHand() {
    float[] scores = {(float) Math.log(2), 0, (float) Math.log(3)};
    int[] items = {0, 1, 2};
    double likelihood = 0.25 * 2 / 3 + 0.75 * 2 / 5;
    double squares = 0.75 * Math.log(3) * Math.log(3);
    assertThat(
            backend()
                .sampledLoss(ofScores(backend(), scores, items, new BprMax(0, 0)))
                .getAsDouble())
        .isCloseTo(-Math.log(likelihood), within(1e-6));
    assertThat(
            backend()
                .sampledLoss(ofScores(backend(), scores, items, new BprMax(2, 0)))
                .getAsDouble())
        .isCloseTo(-Math.log(likelihood) + 2 * squares, within(1e-6));
  }

  @Test
  default void correctionsLowerTheScoresOfTheirColumns() {
    Tensor hidden = backend().tensor(1, 1, 1);
    Tensor weights = backend().tensor(2, 1, 0, 0);
    float[] corrections = {(float) Math.log(2), (float) Math.log(0.5)};
    double loss =
        backend()
            .sampledLoss(
                new SampledLoss(
                    hidden, weights, null, new int[] {0, 1}, corrections, new Softmax(), 1, null))
            .getAsDouble();
    // The positive counts half, the negative twice.
    assertThat(loss).isCloseTo(-Math.log(0.5 / 2.5), within(1e-6));
  }

  /// With every item once and no correction nothing is sampled.
  @Test
  default void allItemsWithoutCorrectionAreTheFullSoftmax() {
    int items = 40;
    Tensor hidden = Contract.normal(backend(), 1, 6, 1, 1);
    Tensor weights = Contract.normal(backend(), items, 6, 1, 2);
    Tensor bias = Contract.normal(backend(), 1, items, 1, 3);
    int[] all = new int[items + 1];
    Arrays.setAll(all, i -> i == 0 ? 17 : i - 1);
    double sampled =
        backend()
            .sampledLoss(new SampledLoss(hidden, weights, bias, all, NONE, new Softmax(), 1, null))
            .getAsDouble();
    double full =
        backend()
            .softmaxCrossEntropy(
                new SoftmaxCrossEntropy(hidden, weights, bias, new int[] {17}, 1, null))
            .getAsDouble();
    assertThat(sampled).isCloseTo(full, within(Tolerance.of(6 * items, full)));
  }

  @ParameterizedTest
  @FieldSource("OBJECTIVES")
  default void anAccidentalHitIsNoNegative(SampledLoss.Objective objective) {
    float[] scores = {3, 1, -1, 2};
    SampledLoss with = ofScores(backend(), scores, new int[] {0, 1, 0, 2, 3, 0}, objective);
    SampledLoss without = ofScores(backend(), scores, new int[] {0, 1, 2, 3}, objective);
    assertThat(backend().sampledLoss(with).getAsDouble())
        .isCloseTo(backend().sampledLoss(without).getAsDouble(), within(Tolerance.of(4, 10)));
    assertThat(slopes(with)[2]).isZero();
    assertThat(slopes(with)[5]).isZero();
    assertThat(slopes(with)[4]).isNotZero();
  }

  @ParameterizedTest
  @FieldSource("OBJECTIVES")
  default void aRowWithoutNegativesCostsNothing(SampledLoss.Objective objective) {
    SampledLoss op = ofScores(backend(), new float[] {3, 1}, new int[] {1, 1, 1}, objective);
    assertThat(backend().sampledLoss(op).getAsDouble()).isCloseTo(0, within(1e-6));
    Tolerance.assertClose("rows", slopes(op), new float[3], 1);
  }

  @ParameterizedTest
  @FieldSource("OBJECTIVES")
  default void anEmptyBatchCostsNothing(SampledLoss.Objective objective) {
    SampledRun run = new SampledRun(backend(), objective, 0, 5, 9, 4);
    assertThat(run.loss()).isZero();
    assertThat(run.results().get("row gradient")).containsOnly(0);
    assertThat(run.results().get("bias gradient")).containsOnly(0);
  }

  /// The likelihood of BPR-max is 2 e^−150 / (e^150 + e^140) here, which is zero in 32 bits.
  @Test
  default void bprMaxHasNoLogarithmOfZero() {
    float[] scores = {-150, 150, 140};
    SampledLoss op = ofScores(backend(), scores, new int[] {0, 1, 2}, new BprMax(0, 0));
    assertThat(backend().sampledLoss(op).getAsDouble())
        .isCloseTo(300 - Math.log(2) + Math.log1p(Math.exp(-10)), within(1e-3));
    assertThat(slopes(op)[0]).isCloseTo(-1, within(1e-4f));
    SampledLoss easy =
        ofScores(backend(), new float[] {900, -900}, new int[] {0, 1}, new BprMax(0, 0));
    assertThat(backend().sampledLoss(easy).getAsDouble()).isCloseTo(0, within(1e-6));
    assertThat(slopes(easy)).containsExactly(new float[] {0, 0}, within(1e-6f));
  }

  @ParameterizedTest
  @FieldSource("OBJECTIVES")
  default void aBiasOfMinusInfinityHidesANegative(SampledLoss.Objective objective) {
    Tensor hidden = Contract.normal(backend(), 2, 4, 1, 1);
    Tensor weights = Contract.normal(backend(), 4, 4, 1, 2);
    Tensor bias = backend().tensor(1, 4, 0, Float.NEGATIVE_INFINITY, 0, 0);
    Tensor biasGradient = backend().allocate(1, 4);
    var gradients =
        new SampledLoss.Gradients(backend().allocate(2, 4), backend().allocate(4, 4), biasGradient);
    int[] items = {0, 2, 1, 3};
    double loss =
        backend()
            .sampledLoss(
                new SampledLoss(hidden, weights, bias, items, NONE, objective, 1, gradients))
            .getAsDouble();
    assertThat(loss).isFinite();
    assertThat(biasGradient.toArray()[2]).isZero();
    assertThat(gradients.hidden().toArray()).doesNotContain(Float.NaN);
  }

  @ParameterizedTest
  @FieldSource("OBJECTIVES")
  default void sampledLossPassesNaNOn(SampledLoss.Objective objective) {
    SampledLoss op =
        ofScores(backend(), new float[] {1, Float.NaN, 2}, new int[] {0, 1, 2}, objective);
    assertThat(backend().sampledLoss(op).getAsDouble()).isNaN();
  }

  @Test
  default void sampledLossRefusesWhatDoesNotFit() {
    Tensor hidden = backend().allocate(3, 4);
    Tensor weights = backend().allocate(5, 4);
    assertThatThrownBy(() -> loss(hidden, weights, new int[] {0, 1}, NONE, new Softmax()))
        .hasMessage(
            "sampledLoss: too few items, expected a target for each of 3 rows first, got 2");
    assertThatThrownBy(() -> loss(hidden, weights, new int[] {0, 1, 5}, NONE, new Softmax()))
        .hasMessage("sampledLoss: items[2] is out of range, expected 0 to 4, got 5");
    assertThatThrownBy(() -> loss(hidden, weights, new int[3], new float[2], new Softmax()))
        .hasMessage("sampledLoss: corrections and items differ, expected 3, got 2");
    assertThatThrownBy(() -> loss(hidden, weights, new int[3], new float[3], new BprMax(0, 0)))
        .hasMessageStartingWith("sampledLoss: BPR-max takes scores as they are");
    assertThatThrownBy(() -> new BprMax(-1, 0))
        .hasMessageStartingWith("sampledLoss: constants of BPR-max, expected 0 or more");
  }

  private static SampledLoss loss(
      Tensor hidden,
      Tensor weights,
      int[] items,
      float[] corrections,
      SampledLoss.Objective objective) {
    return new SampledLoss(hidden, weights, null, items, corrections, objective, 1, null);
  }

  @ParameterizedTest
  @FieldSource("OBJECTIVES")
  default void sampledGradientsAreFiniteDifferences(SampledLoss.Objective objective) {
    Tensor hidden = Contract.normal(backend(), 4, 5, 0.5, 1);
    Tensor weights = Contract.normal(backend(), 9, 5, 0.5, 2);
    Tensor bias = Contract.normal(backend(), 1, 9, 0.5, 3);
    int[] items = {0, 8, 3, 3, 1, 5, 5, 0, 2};
    Tensor biasGradient = backend().allocate(1, items.length);
    var gradients =
        new SampledLoss.Gradients(
            backend().allocate(4, 5), backend().allocate(items.length, 5), biasGradient);
    var op = new SampledLoss(hidden, weights, bias, items, NONE, objective, 1, gradients);
    backend().sampledLoss(op);
    assertSlopes(op, hidden, gradients.hidden().toArray());
    assertSlopes(op, weights, scattered(gradients.rows().toArray(), items, 9, 5));
    assertSlopes(op, bias, scattered(biasGradient.toArray(), items, 9, 1));
  }

  private static float[] scattered(float[] rows, int[] items, int count, int columns) {
    float[] table = new float[count * columns];
    for (int i = 0; i < rows.length; i++) {
      table[items[i / columns] * columns + i % columns] += rows[i];
    }
    return table;
  }

  private static void assertSlopes(SampledLoss op, Tensor variable, float[] slopes) {
    float[] values = variable.toArray();
    for (int i = 0; i < values.length; i++) {
      float middle = values[i];
      values[i] = middle + 0x1p-9f;
      variable.write(0, FloatBuffer.wrap(values));
      double above = scalarLoss(op);
      double distance = values[i];
      values[i] = middle - 0x1p-9f;
      distance -= values[i];
      variable.write(0, FloatBuffer.wrap(values));
      double below = scalarLoss(op);
      values[i] = middle;
      assertThat((double) slopes[i]).isCloseTo((above - below) / distance, within(1e-4));
    }
    variable.write(0, FloatBuffer.wrap(values));
  }

  private static double scalarLoss(SampledLoss op) {
    Tensor bias = Objects.requireNonNull(op.bias());
    try (Backend scalar = new ScalarBackend()) {
      return scalar
          .sampledLoss(
              new SampledLoss(
                  Contract.onScalar(op.hidden()),
                  Contract.onScalar(op.weights()),
                  Contract.onScalar(bias),
                  op.items(),
                  op.corrections(),
                  op.objective(),
                  1,
                  null))
          .getAsDouble();
    }
  }
}
