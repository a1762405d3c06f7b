package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept between the passes is bounded; the loss and its gradients do not depend on how
/// much.
class VectorCrossEntropyTest {
  private static final int ROWS = 450;
  private static final int ITEMS = 700;
  private static final int SIZE = 21;
  private static final int KEPT_PER_ROW = 3 * ItemBlock.ITEMS;

  private record Result(double loss, float[] hidden, float[] weights, float[] bias) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 191, 192, 300, 384, 449, 450, 1000})
  void anyNumberOfKeptRowsGivesTheScalarResult(int keptRows) {
    Result expected = scalar();
    Result actual = vector(keptRows * KEPT_PER_ROW);
    int length = SIZE + ITEMS + ROWS;
    assertThat(actual.loss).isCloseTo(expected.loss, within(Tolerance.of(length, expected.loss)));
    Tolerance.assertClose("hidden", actual.hidden, expected.hidden, length);
    Tolerance.assertClose("weights", actual.weights, expected.weights, length);
    Tolerance.assertClose("bias", actual.bias, expected.bias, length);
  }

  /// If nothing were ever kept, both ways would give the same bits, for they would be one.
  @Test
  void whatIsKeptIsUsed() {
    assertThat(vector(ROWS * KEPT_PER_ROW).weights).isNotEqualTo(vector(0).weights);
  }

  private static Result vector(int keptElements) {
    try (Workers workers = new Workers(2, 1);
        Backend backend = new VectorBackend(1)) {
      var crossEntropy = new VectorCrossEntropy(workers, new Workspace.Pool(), keptElements);
      SoftmaxCrossEntropy operation = operation(backend);
      return result(operation, crossEntropy.run(operation));
    }
  }

  private static Result scalar() {
    try (Backend backend = new ScalarBackend()) {
      SoftmaxCrossEntropy operation = operation(backend);
      return result(operation, backend.softmaxCrossEntropy(operation).getAsDouble());
    }
  }

  private static SoftmaxCrossEntropy operation(Backend backend) {
    return new SoftmaxCrossEntropy(
        Contract.normal(backend, ROWS, SIZE, 1, 1),
        Contract.normal(backend, ITEMS, SIZE, 1, 2),
        Contract.normal(backend, 1, ITEMS, 1, 3),
        Contract.ids(ROWS, ITEMS, 4),
        weights(),
        1f / ROWS,
        new SoftmaxCrossEntropy.Gradients(
            backend.allocate(ROWS, SIZE),
            backend.allocate(ITEMS, SIZE),
            backend.allocate(1, ITEMS)));
  }

  private static float[] weights() {
    float[] weights = Contract.normal(ROWS, 1, 5);
    for (int i = 0; i < ROWS; i++) {
      weights[i] = Math.abs(weights[i]);
    }
    return weights;
  }

  private static Result result(SoftmaxCrossEntropy operation, double loss) {
    SoftmaxCrossEntropy.Gradients gradients = Objects.requireNonNull(operation.gradients());
    return new Result(
        loss,
        gradients.hidden().toArray(),
        gradients.weights().toArray(),
        Objects.requireNonNull(gradients.bias()).toArray());
  }
}
