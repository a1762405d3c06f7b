package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of [Backend#softmaxCrossEntropy].
interface LossContract extends Contract {
  @ParameterizedTest
  @ValueSource(strings = {"cross_entropy", "cross_entropy_huge_logits"})
  default void crossEntropyGivesPyTorchsLossAndGradients(String file) {
    Golden golden = Golden.read(file);
    Tensor hidden = golden.tensor(backend(), "hidden");
    Tensor weights = golden.tensor(backend(), "weights");
    Tensor bias = golden.tensor(backend(), "bias");
    Tensor biasGradient = backend().allocate(1, 37);
    var gradients =
        new SoftmaxCrossEntropy.Gradients(
            backend().allocate(9, 18), backend().allocate(37, 18), biasGradient);
    int[] targets = golden.integers("targets");
    double loss =
        backend()
            .softmaxCrossEntropy(
                new SoftmaxCrossEntropy(hidden, weights, bias, targets, 1 / 9f, gradients))
            .getAsDouble();
    float expected = golden.numbers("loss")[0];
    assertThat(loss).isCloseTo(expected, within(Tolerance.of(18, expected)));
    // A logit of size s is known to s · 2⁻²³, and a softmax changes by its share of that.
    int length = file.endsWith("huge_logits") ? 18 * 1000 : 37 * 18;
    Tolerance.assertClose("hidden", gradients.hidden(), golden.numbers("hiddenGradient"), length);
    Tolerance.assertClose("weights", gradients.weights(), golden.numbers("weightGradient"), length);
    Tolerance.assertClose("bias", biasGradient.toArray(), golden.numbers("biasGradient"), length);
  }

  @Test
  default void crossEntropyOfEqualLogitsIsTheLogarithmOfTheirNumber() {
    Tensor hidden = backend().allocate(3, 4);
    Tensor weights = Contract.normal(backend(), 50, 4, 1, 1);
    double loss =
        backend()
            .softmaxCrossEntropy(
                new SoftmaxCrossEntropy(hidden, weights, null, new int[] {0, 17, 49}, 1, null))
            .getAsDouble();
    assertThat(loss).isCloseTo(3 * Math.log(50), within(Tolerance.of(50, 12)));
  }

  @Test
  default void crossEntropyOfOneItemIsZeroWithZeroGradients() {
    Tensor hidden = Contract.normal(backend(), 3, 4, 1, 1);
    Tensor weights = Contract.normal(backend(), 1, 4, 1, 2);
    var gradients =
        new SoftmaxCrossEntropy.Gradients(
            Contract.normal(backend(), 3, 4, 1, 3), backend().allocate(1, 4), null);
    double loss =
        backend()
            .softmaxCrossEntropy(
                new SoftmaxCrossEntropy(hidden, weights, null, new int[3], 1, gradients))
            .getAsDouble();
    assertThat(loss).isCloseTo(0, within(1e-6));
    Tolerance.assertClose("hidden", gradients.hidden(), new float[12], 1);
  }

  @Test
  default void crossEntropyOfAnEmptyBatchIsZero() {
    Tensor weights = Contract.normal(backend(), 5, 4, 1, 2);
    var gradients =
        new SoftmaxCrossEntropy.Gradients(
            backend().allocate(0, 4), backend().allocate(5, 4), backend().allocate(1, 5));
    assertThat(
            backend()
                .softmaxCrossEntropy(
                    new SoftmaxCrossEntropy(
                        backend().allocate(0, 4), weights, null, new int[0], 1, gradients))
                .getAsDouble())
        .isZero();
    assertThat(gradients.weights().toArray()).containsOnly(0);
  }

  @Test
  default void crossEntropySurvivesLogitsBeyondTheRangeOfExp() {
    Tensor hidden = backend().tensor(2, 1, 1000, -1000);
    Tensor weights = backend().tensor(3, 1, 1000, 0, -1000);
    Tensor biasGradient = backend().allocate(1, 3);
    var gradients =
        new SoftmaxCrossEntropy.Gradients(
            backend().allocate(2, 1), backend().allocate(3, 1), biasGradient);
    double loss =
        backend()
            .softmaxCrossEntropy(
                new SoftmaxCrossEntropy(hidden, weights, null, new int[] {0, 0}, 1, gradients))
            .getAsDouble();
    assertThat(loss).isEqualTo(2e6);
    assertThat(gradients.hidden().toArray()).containsExactly(0, -2000);
    assertThat(biasGradient.toArray()).containsExactly(-1, 0, 1);
  }

  @Test
  default void crossEntropyLetsABiasOfMinusInfinityHideAnItem() {
    Tensor hidden = Contract.normal(backend(), 2, 4, 1, 1);
    Tensor weights = Contract.normal(backend(), 3, 4, 1, 2);
    Tensor bias = backend().tensor(1, 3, 0, Float.NEGATIVE_INFINITY, 0);
    Tensor biasGradient = backend().allocate(1, 3);
    var gradients =
        new SoftmaxCrossEntropy.Gradients(
            backend().allocate(2, 4), backend().allocate(3, 4), biasGradient);
    double loss =
        backend()
            .softmaxCrossEntropy(
                new SoftmaxCrossEntropy(hidden, weights, bias, new int[] {0, 2}, 1, gradients))
            .getAsDouble();
    assertThat(loss).isFinite();
    assertThat(biasGradient.toArray()[1]).isZero();
  }

  @Test
  default void crossEntropyPassesNaNOn() {
    Tensor hidden = backend().tensor(1, 2, Float.NaN, 1);
    Tensor weights = Contract.normal(backend(), 3, 2, 1, 2);
    assertThat(
            backend()
                .softmaxCrossEntropy(
                    new SoftmaxCrossEntropy(hidden, weights, null, new int[] {1}, 1, null))
                .getAsDouble())
        .isNaN();
  }

  @Test
  default void crossEntropyRefusesATargetThatIsNoItem() {
    Tensor hidden = backend().allocate(2, 4);
    Tensor weights = backend().allocate(3, 4);
    assertThatThrownBy(
            () -> new SoftmaxCrossEntropy(hidden, weights, null, new int[] {0, 3}, 1, null))
        .hasMessage("softmaxCrossEntropy: targets[1] is out of range, expected 0 to 2, got 3");
  }

  @Test
  default void crossEntropyGradientsAreFiniteDifferences() {
    Tensor hidden = Contract.normal(backend(), 5, 6, 1, 1);
    Tensor weights = Contract.normal(backend(), 7, 6, 1, 2);
    Tensor bias = Contract.normal(backend(), 1, 7, 1, 3);
    int[] targets = {0, 6, 3, 3, 1};
    Tensor biasGradient = backend().allocate(1, 7);
    var gradients =
        new SoftmaxCrossEntropy.Gradients(
            backend().allocate(5, 6), backend().allocate(7, 6), biasGradient);
    var operation = new SoftmaxCrossEntropy(hidden, weights, bias, targets, 1, gradients);
    backend().softmaxCrossEntropy(operation);
    assertSlopes(operation, hidden, gradients.hidden());
    assertSlopes(operation, weights, gradients.weights());
    assertSlopes(operation, bias, biasGradient);
  }

  private static void assertSlopes(SoftmaxCrossEntropy op, Tensor variable, Tensor gradient) {
    float[] values = variable.toArray();
    float[] slopes = gradient.toArray();
    for (int i = 0; i < values.length; i++) {
      float middle = values[i];
      values[i] = middle + 0x1p-7f;
      variable.write(0, FloatBuffer.wrap(values));
      double above = scalarLoss(op);
      double distance = values[i];
      values[i] = middle - 0x1p-7f;
      distance -= values[i];
      variable.write(0, FloatBuffer.wrap(values));
      double below = scalarLoss(op);
      values[i] = middle;
      assertThat((double) slopes[i]).isCloseTo((above - below) / distance, within(1e-4));
    }
    variable.write(0, FloatBuffer.wrap(values));
  }

  private static double scalarLoss(SoftmaxCrossEntropy op) {
    Tensor bias = Objects.requireNonNull(op.bias());
    try (Backend scalar = new ScalarBackend()) {
      return scalar
          .softmaxCrossEntropy(
              new SoftmaxCrossEntropy(
                  Contract.onScalar(op.hidden()),
                  Contract.onScalar(op.weights()),
                  Contract.onScalar(bias),
                  op.targets(),
                  1,
                  null))
          .getAsDouble();
    }
  }
}
