package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of [Backend#gruForward] and [Backend#gruBackward].
interface RecurrentContract extends Contract {
  @ParameterizedTest
  @ValueSource(strings = {"gru", "gru_one_sequence"})
  default void gruGivesPyTorchsStatesAndGradients(String file) {
    Golden golden = Golden.read(file);
    PackedLayout layout = PackedLayout.ofLengths(golden.integers("lengths"));
    GruWeights weights = goldenWeights(golden, "");
    Tensor input = golden.tensor(backend(), "input");
    int length = input.columns() + 4 * layout.steps() * weights.hiddenSize();
    Tensor hidden = backend().allocate(layout.rows(), weights.hiddenSize());
    Tensor gates = backend().allocate(layout.rows(), 4 * weights.hiddenSize());
    Tensor initial = golden.tensor(backend(), "initialHidden");
    GruForward forward = new GruForward(layout, input, weights, initial, hidden, gates);
    backend().gruForward(forward);
    Tolerance.assertClose("hidden", hidden, golden.numbers("hidden"), length);

    GruRun.Gradients gradients = GruRun.Gradients.zeros(backend(), forward);
    Tensor upstream = golden.tensor(backend(), "hiddenGradient");
    backend().gruBackward(gradients.operation(forward, upstream));
    gradients
        .all()
        .forEach(
            (name, actual) -> Tolerance.assertClose(name, actual, golden.numbers(name), length));
  }

  private GruWeights goldenWeights(Golden golden, String suffix) {
    return new GruWeights(
        golden.tensor(backend(), "inputWeights" + suffix),
        golden.tensor(backend(), "recurrentWeights" + suffix),
        golden.tensor(backend(), "inputBias" + suffix),
        golden.tensor(backend(), "recurrentBias" + suffix));
  }

  @Test
  default void gruWithZeroWeightsHalvesItsState() {
    GruWeights weights =
        new GruWeights(
            backend().allocate(6, 3),
            backend().allocate(6, 2),
            backend().allocate(1, 6),
            backend().allocate(1, 6));
    Tensor hidden = backend().allocate(3, 2);
    backend()
        .gruForward(
            new GruForward(
                PackedLayout.ofLengths(2, 1),
                Contract.normal(backend(), 3, 3, 1, 1),
                weights,
                backend().tensor(2, 2, 8, 4, -2, 1),
                hidden,
                null));
    assertThat(hidden.toArray()).containsExactly(4, 2, -1, 0.5f, 2, 1);
  }

  @Test
  default void gruOfAnEmptyBatchDoesNothing() {
    GruRun run = new GruRun(backend(), 5, 6);
    assertThat(run.hidden().rows()).isZero();
    for (Tensor gradient : run.gradients().all().values()) {
      assertThat(gradient.toArray())
          .satisfies(array -> {
            for (float value : array) {
              assertThat(value).isZero();
            }
          });
    }
  }

  @Test
  default void gruStepByStepIsTheWholeSequence() {
    GruRun whole = new GruRun(backend(), 5, 18, 4);
    Tensor state = whole.forward().initialHidden();
    float[] input = whole.forward().input().toArray();
    for (int step = 0; step < 4; step++) {
      Tensor next = backend().allocate(1, 18);
      Tensor row = backend().allocate(1, 5);
      row.write(0, FloatBuffer.wrap(input, step * 5, 5));
      backend()
          .gruForward(
              new GruForward(
                  PackedLayout.singleStep(1), row, whole.forward().weights(), state, next, null));
      state = next;
      float[] expected = new float[18];
      whole.hidden().read(step, FloatBuffer.wrap(expected));
      assertThat(next.toArray()).containsExactly(expected);
    }
  }

  @Test
  default void gruAddsToWeightGradients() {
    GruRun run = new GruRun(backend(), 3, 5, 3, 2, 2);
    float[] once = run.gradients().weights().recurrent().toArray();
    backend().gruForward(run.forward());
    backend().gruBackward(run.gradients().operation(run.forward(), run.upstream()));
    float[] twice = run.gradients().weights().recurrent().toArray();
    for (int i = 0; i < once.length; i++) {
      once[i] *= 2;
    }
    Tolerance.assertClose("twice", twice, once, 5);
  }

  /// The loss is `Σ hidden ⊙ upstream`, computed by the scalar backend and summed in double.
  @Test
  default void gruGradientsAreFiniteDifferences() {
    GruRun run = new GruRun(backend(), 3, 5, 4, 2, 1);
    for (var entry : run.variables().entrySet()) {
      float[] gradient = run.result(entry.getKey() + "Gradient");
      for (int i = 0; i < gradient.length; i++) {
        double slope = run.scalarSlope(entry.getValue(), i);
        assertThat((double) gradient[i])
            .as("%s[%d]", entry.getKey(), i)
            .isCloseTo(slope, within(2e-4 * Math.max(1, Math.abs(slope))));
      }
    }
  }
}
