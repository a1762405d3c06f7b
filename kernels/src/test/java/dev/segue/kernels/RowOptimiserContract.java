package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tests of [Backend#adamRows], [Backend#adagrad], [Backend#adagradRows] and of clipping rows.
interface RowOptimiserContract extends Contract {
  @Test
  default void adamRowsTakesTheStepsOfPyTorchsSparseAdam() {
    Golden golden = Golden.read("adam_rows");
    Tensor p = golden.tensor(backend(), "parameters");
    Tensor m = backend().allocate(6, 9);
    Tensor v = backend().allocate(6, 9);
    for (int step = 1; step <= 3; step++) {
      RowGradients rows =
          RowGradients.ofRows(
              6,
              new RowGradients.Part(
                  golden.integers("ids" + step), golden.tensor(backend(), "gradients" + step)));
      backend().adamRows(new AdamRows(p, rows, m, v, Adam.Settings.ofRate(0.01), step));
      Tolerance.assertClose("parameters", p, golden.numbers("parameters" + step), 3);
    }
    Tolerance.assertClose("first moment", m, golden.numbers("firstMoment"), 3);
    Tolerance.assertClose("second moment", v, golden.numbers("secondMoment"), 3);
  }

  @Test
  default void adagradTakesPyTorchsStepsFromAnAccumulatorOfZero() {
    Golden golden = Golden.read("adagrad");
    Tensor p = golden.tensor(backend(), "parameters");
    Tensor g = backend().allocate(3, 7);
    Tensor a = backend().allocate(3, 7);
    for (int step = 1; step <= 3; step++) {
      g.write(0, FloatBuffer.wrap(golden.numbers("gradients" + step)));
      backend().adagrad(new Adagrad(p, g, a, null, Adagrad.Settings.of(0.05, 0)));
      Tolerance.assertClose("parameters", p, golden.numbers("parameters" + step), 3);
      assertThat(g.toArray()).containsOnly(0);
    }
    Tolerance.assertClose("accumulator", a, golden.numbers("accumulator"), 3);
  }

  /// A first step of Adagrad is the rate in the gradient's direction, whatever its size; with an
  /// accumulator that starts at 0.1 it would be much less.
  @Test
  default void aFirstStepOfAdagradIsTheRate() {
    Tensor p = backend().tensor(1, 3, 1, 1, 1);
    Tensor g = backend().tensor(1, 3, 1e-3f, -5, 0);
    Tensor a = backend().allocate(1, 3);
    backend().adagrad(new Adagrad(p, g, a, null, Adagrad.Settings.of(0.5, 0)));
    assertThat(p.toArray()).containsExactly(new float[] {0.5f, 1.5f, 1}, within(1e-6f));
  }

  @Test
  default void momentumFollowsThePathOfEarlierSteps() {
    Golden golden = Golden.read("adagrad");
    Tensor p = golden.tensor(backend(), "parameters");
    Tensor g = backend().allocate(3, 7);
    Tensor a = backend().allocate(3, 7);
    Tensor w = backend().allocate(3, 7);
    for (int step = 1; step <= 3; step++) {
      g.write(0, FloatBuffer.wrap(golden.numbers("gradients" + step)));
      backend().adagrad(new Adagrad(p, g, a, w, Adagrad.Settings.of(0.05, 0.3)));
      Tolerance.assertClose("parameters", p, golden.numbers("withMomentum" + step), 6);
    }
    Tolerance.assertClose("velocity", w, golden.numbers("velocity"), 6);
  }

  @Test
  default void everyRowOnceIsTheDenseStep() {
    int[] ids = {3, 0, 2, 1};
    float[] rows = Contract.normal(4 * 21, 1, 3);
    float[] table = new float[rows.length];
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(rows, i * 21, table, ids[i] * 21, 21);
    }
    RowGradients gradients =
        RowGradients.ofRows(4, new RowGradients.Part(ids, backend().tensor(4, 21, rows)));
    Tensor[] dense = state(4, 21);
    Tensor[] sparse = state(4, 21);
    var settings = Adam.Settings.ofRate(0.01);
    backend()
        .adam(new Adam(dense[0], backend().tensor(4, 21, table), dense[1], dense[2], settings, 2));
    backend().adamRows(new AdamRows(sparse[0], gradients, sparse[1], sparse[2], settings, 2));
    assertSame(dense, sparse);
    for (double momentum : new double[] {0, 0.4}) {
      var adagrad = Adagrad.Settings.of(0.01, momentum);
      Tensor g = backend().tensor(4, 21, table);
      Tensor denseVelocity = momentum == 0 ? null : dense[1];
      Tensor sparseVelocity = momentum == 0 ? null : sparse[1];
      backend().adagrad(new Adagrad(dense[0], g, dense[2], denseVelocity, adagrad));
      backend()
          .adagradRows(new AdagradRows(sparse[0], gradients, sparse[2], sparseVelocity, adagrad));
      assertSame(dense, sparse);
    }
  }

  private Tensor[] state(int rows, int columns) {
    Tensor second = backend().allocate(rows, columns);
    second.fill(0.5f);
    return new Tensor[] {
      Contract.normal(backend(), rows, columns, 1, 1),
      Contract.normal(backend(), rows, columns, 0.1, 2),
      second
    };
  }

  private static void assertSame(Tensor[] expected, Tensor[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i].toArray()).containsExactly(expected[i].toArray());
    }
  }

  /// The rows of a tied table: 0 is an input only, 1 an output only, 2 both and twice an output.
  @Test
  default void rowsOfATiedTableSumBothUses() {
    RowGradients gradients =
        RowGradients.ofRows(
            4,
            new RowGradients.Part(new int[] {0, 2}, backend().tensor(2, 2, 1, 2, 3, 4)),
            new RowGradients.Part(
                new int[] {2, 1, 2}, backend().tensor(3, 2, 10, 20, 30, 40, 50, 60)));
    assertThat(gradients.distinct()).isEqualTo(3);
    Tensor a = backend().allocate(4, 2);
    Tensor p = backend().allocate(4, 2);
    backend().adagradRows(new AdagradRows(p, gradients, a, null, Adagrad.Settings.of(1, 0)));
    assertThat(a.toArray()).containsExactly(1, 4, 900, 1600, 63 * 63, 84 * 84, 0, 0);
    assertThat(p.toArray()).containsExactly(-1, -1, -1, -1, -1, -1, 0, 0);
  }

  @Test
  default void aRowThatDoesNotOccurKeepsValueAndMoments() {
    Tensor[] state = state(3, 20);
    float[][] before = {state[0].toArray(), state[1].toArray(), state[2].toArray()};
    RowGradients gradients =
        RowGradients.ofRows(
            3, new RowGradients.Part(new int[] {1}, Contract.normal(backend(), 1, 20, 1, 5)));
    backend()
        .adamRows(
            new AdamRows(state[0], gradients, state[1], state[2], Adam.Settings.ofRate(0.1), 7));
    for (int i = 0; i < state.length; i++) {
      float[] after = state[i].toArray();
      for (int j = 0; j < after.length; j++) {
        boolean occurs = j / 20 == 1;
        assertThat(after[j] != before[i][j]).as("tensor %d, element %d", i, j).isEqualTo(occurs);
      }
    }
  }

  @Test
  default void elementsOfABiasAreUpdatedByNumber() {
    Tensor bias = backend().allocate(1, 5);
    Tensor a = backend().allocate(1, 5);
    Tensor values = backend().tensor(1, 3, 1, 2, 3);
    RowGradients gradients =
        RowGradients.ofElements(5, new RowGradients.Part(new int[] {4, 1, 4}, values));
    backend().adagradRows(new AdagradRows(bias, gradients, a, null, Adagrad.Settings.of(1, 0)));
    assertThat(a.toArray()).containsExactly(0, 4, 0, 0, 16);
    assertThat(bias.toArray()).containsExactly(0, -1, 0, 0, -1);
  }

  @Test
  default void noRowsAreNoStep() {
    Tensor p = Contract.normal(backend(), 3, 4, 1, 1);
    float[] before = p.toArray();
    RowGradients none =
        RowGradients.ofRows(3, new RowGradients.Part(new int[0], backend().allocate(0, 4)));
    Tensor m = backend().allocate(3, 4);
    Tensor v = backend().allocate(3, 4);
    backend().adamRows(new AdamRows(p, none, m, v, Adam.Settings.ofRate(1), 1));
    assertThat(p.toArray()).containsExactly(before);
    assertThat(none.distinct()).isZero();
  }

  /// Row 2 occurs twice with (1, 0) and (2, 0): its gradient has length 3 and not √5.
  @Test
  default void clippingMeasuresRowsAsTheySumUp() {
    Tensor dense = backend().tensor(1, 1, 4);
    Tensor values = backend().tensor(2, 2, 1, 0, 2, 0);
    RowGradients rows = RowGradients.ofRows(3, new RowGradients.Part(new int[] {2, 2}, values));
    assertThat(
            backend()
                .clipByGlobalNorm(new GradientClipping(List.of(dense), List.of(rows), 2.5))
                .getAsDouble())
        .isCloseTo(5, within(1e-6));
    assertThat(dense.toArray()).containsExactly(2);
    assertThat(values.toArray()).containsExactly(0.5f, 0, 1, 0);
  }

  @Test
  default void rowOptimisersRefuseWhatDoesNotFit() {
    Tensor values = backend().allocate(2, 4);
    RowGradients rows = RowGradients.ofRows(3, new RowGradients.Part(new int[] {0, 2}, values));
    Tensor p = backend().allocate(3, 4);
    Tensor other = backend().allocate(4, 4);
    assertThatThrownBy(() -> new AdamRows(p, rows, p, other, Adam.Settings.ofRate(1), 1))
        .hasMessage("adamRows: second moment has the wrong shape, expected [3, 4], got [4, 4]");
    assertThatThrownBy(() -> new AdamRows(p, rows, p, p, Adam.Settings.ofRate(1), 0))
        .hasMessage("adamRows: step, expected at least 1, got 0");
    assertThatThrownBy(() -> new AdagradRows(p, rows, p, null, Adagrad.Settings.of(1, 0.5)))
        .hasMessage(
            "adagradRows: momentum needs a velocity, expected both or none, got momentum 0.5"
                + " without velocity");
    assertThatThrownBy(() -> new Adagrad(p, p, p, p, Adagrad.Settings.of(1, 0)))
        .hasMessage(
            "adagrad: momentum needs a velocity, expected both or none, got momentum 0.0 with a"
                + " velocity");
    assertThatThrownBy(
            () -> RowGradients.ofRows(2, new RowGradients.Part(new int[] {0, 2}, values)))
        .hasMessage("rowGradients: ids[1] is out of range, expected 0 to 1, got 2");
    assertThatThrownBy(() -> RowGradients.ofRows(3, new RowGradients.Part(new int[1], values)))
        .hasMessage("rowGradients: values has the wrong shape, expected [1, 4], got [2, 4]");
  }
}
