package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares sampled losses and updates of rows with the scalar backend at every edge.
interface SampledTwinContract extends Contract {
  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17, 18, 31, 32, 33, 100, 255, 256, 257, 1000, 3000})
  default void sampledLossMatchesScalarAtEveryNumberOfColumns(int columns) {
    compare(13, columns, 19);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 11, 12, 13, 191, 192, 193})
  default void sampledLossMatchesScalarAtEveryNumberOfRows(int rows) {
    compare(rows, rows + 61, 17);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100})
  default void sampledLossMatchesScalarAtEveryHiddenSize(int size) {
    compare(14, 70, size);
  }

  /// More scores than one round holds: the rows of the batch are taken in two.
  @Test
  default void sampledLossMatchesScalarPastOneRound() {
    compare(new SampledLoss.Softmax(), 700, 3100, 2);
  }

  private void compare(int rows, int columns, int size) {
    for (SampledLoss.Objective objective : SampledLossContract.OBJECTIVES) {
      compare(objective, rows, columns, size);
    }
  }

  private void compare(SampledLoss.Objective objective, int rows, int columns, int size) {
    int items = 1 + columns / 2;
    SampledRun actual = new SampledRun(backend(), objective, rows, columns, items, size);
    try (Backend scalar = new ScalarBackend()) {
      SampledRun expected = new SampledRun(scalar, objective, rows, columns, items, size);
      int length = columns + rows * size;
      assertThat(actual.loss())
          .isCloseTo(expected.loss(), within(Tolerance.of(length, expected.loss() + 1e-6)));
      expected
          .results()
          .forEach((name, values) -> {
            String what = "%s: %s of %d × %d × %d".formatted(objective, name, rows, columns, size);
            Tolerance.assertClose(what, actual.result(name), values, length);
          });
    }
  }

  @ParameterizedTest
  @FieldSource("dev.segue.kernels.TwinContract#SIZES")
  default void rowOptimisersMatchScalarAtEveryTail(int columns) {
    float[][] expected;
    try (Backend scalar = new ScalarBackend()) {
      expected = steps(scalar, columns);
    }
    float[][] actual = steps(backend(), columns);
    for (int i = 0; i < expected.length; i++) {
      Tolerance.assertClose("tensor " + i, actual[i], expected[i], 12);
    }
  }

  /// Three steps of each optimiser, with repeated ids and a norm that is clipped.
  private static float[][] steps(Backend backend, int columns) {
    int count = 23;
    Tensor adam = Contract.normal(backend, count, columns, 1, 1);
    Tensor m = backend.allocate(count, columns);
    Tensor v = backend.allocate(count, columns);
    Tensor adagrad = Contract.normal(backend, count, columns, 1, 2);
    Tensor dense = Contract.normal(backend, count, columns, 1, 3);
    Tensor[] sums = new Tensor[4];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = backend.allocate(count, columns);
    }
    var settings = Adagrad.Settings.of(0.05, 0.3);
    for (int step = 1; step <= 3; step++) {
      RowGradients rows =
          RowGradients.ofRows(
              count,
              new RowGradients.Part(
                  Contract.ids(9, count, step), Contract.normal(backend, 9, columns, 1, 10 + step)),
              new RowGradients.Part(
                  Contract.ids(7, count, 5 + step),
                  Contract.normal(backend, 7, columns, 1, 20 + step)));
      backend.clipByGlobalNorm(new GradientClipping(List.of(), List.of(rows), 3));
      backend.adamRows(new AdamRows(adam, rows, m, v, Adam.Settings.ofRate(0.01), step));
      backend.adagradRows(new AdagradRows(adagrad, rows, sums[0], sums[1], settings));
      Tensor g = Contract.normal(backend, count, columns, 1, 30 + step);
      backend.adagrad(new Adagrad(dense, g, sums[2], sums[3], settings));
    }
    return new float[][] {adam.toArray(), v.toArray(), adagrad.toArray(), dense.toArray()};
  }
}
