package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The GRU in one kernel for all steps: in bfloat16, on a device with clusters.
abstract class CudaPersistentGruContract {
  static final int INPUTS = 5;

  /// An operand of 8 bits of fraction errs by 2⁻⁹ at most; two of them, and what they make of the
  /// steps before, stay below this part of the greatest number.
  private static final double ROUNDED = 0x1p-7;

  /// Opens the backend in bfloat16.
  abstract Backend open();

  /// Called when a test has run some passes of the GRU.
  void afterPasses(int passes) {}

  /// Clusters of 16 sequences that are not full, that end before others, and that have one step.
  /// Lengths fall from `steps` to 1.
  @ParameterizedTest
  @CsvSource({
    "64, 1, 1, true, true",
    "64, 1, 9, false, true",
    "64, 17, 1, true, false",
    "64, 35, 7, false, false",
    "128, 20, 4, true, true",
    "192, 16, 3, false, true",
    "256, 18, 3, true, true"
  })
  void computesEachStepFromTheOneBefore(
      int size, int sequences, int steps, boolean withInitial, boolean withGates) {
    try (Backend backend = open()) {
      GruForward op = operation(backend, size, lengths(sequences, steps), withInitial, withGates);
      backend.gruForward(op);
      float[] hidden = op.hidden().toArray();
      RoundedGru expected = new RoundedGru(op, hidden);
      Tolerance.assertClose("hidden", hidden, expected.hidden, size + INPUTS);
      if (op.gates() != null) {
        Tolerance.assertClose("gates", op.gates(), expected.gates, size + INPUTS);
      }
      afterPasses(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64, 1, 1, true",
    "64, 1, 9, false",
    "64, 17, 1, false",
    "64, 35, 7, true",
    "128, 20, 4, true",
    "192, 16, 3, false",
    "256, 18, 3, true"
  })
  void givesTheGradientsOfItsOwnStates(int size, int sequences, int steps, boolean withInitial) {
    try (Backend backend = open();
        Backend scalar = new ScalarBackend()) {
      GruForward forward = operation(backend, size, lengths(sequences, steps), withInitial, true);
      backend.gruForward(forward);
      Tensor upstream = Contract.normal(backend, forward.layout().rows(), size, 1, 7);
      GruForward rounded = rounded(forward);
      Map<String, Tensor> expected = gradients(scalar, rounded, Contract.onScalar(upstream));
      gradients(backend, forward, upstream)
          .forEach((name, actual) ->
              assertRounded(name, actual, Objects.requireNonNull(expected.get(name))));
      afterPasses(2);
    }
  }

  private static Map<String, Tensor> gradients(
      Backend backend, GruForward forward, Tensor upstream) {
    GruRun.Gradients all = GruRun.Gradients.zeros(backend, forward);
    Map<String, Tensor> wanted = new LinkedHashMap<>(all.all());
    Tensor initial = forward.initialHidden() == null ? null : all.initial();
    if (initial == null) {
      wanted.remove("initialHiddenGradient");
    }
    backend.gruBackward(new GruBackward(forward, upstream, all.input(), all.weights(), initial));
    return wanted;
  }

  /// The same pass for the scalar backend, the operands of its products rounded.
  private static GruForward rounded(GruForward op) {
    GruWeights weights = op.weights();
    return new GruForward(
        op.layout(),
        rounded(op.input()),
        new GruWeights(
            rounded(weights.input()),
            rounded(weights.recurrent()),
            Contract.onScalar(weights.inputBias()),
            Contract.onScalar(weights.recurrentBias())),
        op.initialHidden() == null ? null : Contract.onScalar(op.initialHidden()),
        Contract.onScalar(op.hidden()),
        Contract.onScalar(CudaGru.gatesOf(op)));
  }

  private static Tensor rounded(Tensor tensor) {
    return new HeapTensor(tensor.rows(), tensor.columns(), RoundedGru.rounded(tensor.toArray()));
  }

  private static void assertRounded(String what, Tensor actual, Tensor expected) {
    float[] right = expected.toArray();
    double greatest = 0;
    for (float value : right) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    float[] values = actual.toArray();
    for (int i = 0; i < right.length; i++) {
      assertThat(Math.abs((double) values[i] - right[i]))
          .as("%s[%d]: expected %s, got %s", what, i, right[i], values[i])
          .isLessThanOrEqualTo(ROUNDED * greatest);
    }
  }

  private static int[] lengths(int sequences, int steps) {
    return IntStream.range(0, sequences).map(i -> steps - i * steps / sequences).toArray();
  }

  static GruForward operation(
      Backend backend, int size, int[] lengths, boolean withInitial, boolean withGates) {
    PackedLayout layout = PackedLayout.ofLengths(lengths);
    double scale = 1 / Math.sqrt(size);
    GruWeights weights =
        new GruWeights(
            Contract.normal(backend, 3 * size, INPUTS, 0.5, 1),
            Contract.normal(backend, 3 * size, size, scale, 2),
            Contract.normal(backend, 1, 3 * size, 0.5, 3),
            Contract.normal(backend, 1, 3 * size, 0.5, 4));
    return new GruForward(
        layout,
        Contract.normal(backend, layout.rows(), INPUTS, 1, 5),
        weights,
        withInitial ? Contract.normal(backend, layout.sequences(), size, 1, 6) : null,
        backend.allocate(layout.rows(), size),
        withGates ? backend.allocate(layout.rows(), 4 * size) : null);
  }
}
