package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.kernels.cuda.StandInDevices;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The GRU in one kernel for all steps, on the stand-in driver, in bfloat16: against plain loops
/// whose products have rounded operands.
class CudaPersistentGruTest {
  private static final int INPUTS = 5;

  private final StandInDevices devices = new StandInDevices();

  @AfterEach
  void leaveNothing() {
    devices.assertNothingIsLeft();
  }

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
    "256, 33, 5, true, true"
  })
  void computesEachStepFromTheOneBefore(
      int size, int sequences, int steps, boolean withInitial, boolean withGates) {
    assertForward(size, lengths(sequences, steps), withInitial, withGates);
  }

  @Test
  void theOrderOfBlocksAndThreadsIsNotSeen() {
    devices.set("lastFirst", 1);
    assertForward(128, lengths(35, 6), true, true);
  }

  /// No race, and no access outside of an allocation.
  @ParameterizedTest
  @CsvSource({"64, 19, 5", "256, 18, 3"})
  void everyAccessIsOrdered(int size, int sequences, int steps) {
    devices.checkEveryAccess();
    assertForward(size, lengths(sequences, steps), true, true);
  }

  private static int[] lengths(int sequences, int steps) {
    return IntStream.range(0, sequences).map(i -> steps - i * steps / sequences).toArray();
  }

  private void assertForward(int size, int[] lengths, boolean withInitial, boolean withGates) {
    try (Backend backend = new CudaBackend(devices.open(false), CudaPrecision.BFLOAT16)) {
      GruForward op = operation(backend, size, lengths, withInitial, withGates);
      long before = devices.count("launches");
      backend.gruForward(op);
      float[] hidden = op.hidden().toArray();
      assertThat(devices.count("launches") - before)
          .as("launches: the product with the inputs, and all steps")
          .isEqualTo(2);
      assertThat(devices.count("cuLaunchKernelEx")).as("launches of clusters").isEqualTo(1);
      Expected expected = new Expected(op, hidden);
      Tolerance.assertClose("hidden", hidden, expected.hidden, size + INPUTS);
      if (op.gates() != null) {
        Tolerance.assertClose("gates", op.gates(), expected.gates, size + INPUTS);
      }
    }
  }

  private static GruForward operation(
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

  /// States and gates in double, with operands of products in bfloat16. Each step begins with the
  /// states that the backend gave: a state that lies between two numbers of bfloat16 is rounded
  /// like the backend's own.
  private static final class Expected {
    private final int size;
    private final float[] input;
    private final float[] inputWeights;
    private final float[] recurrent;
    private final float[] inputBias;
    private final float[] recurrentBias;
    private final float[] hidden;
    private final float[] gates;

    Expected(GruForward op, float[] given) {
      size = op.weights().hiddenSize();
      input = rounded(op.input().toArray());
      inputWeights = rounded(op.weights().input().toArray());
      recurrent = rounded(op.weights().recurrent().toArray());
      inputBias = op.weights().inputBias().toArray();
      recurrentBias = op.weights().recurrentBias().toArray();
      hidden = new float[given.length];
      gates = new float[4 * given.length];
      float[] first = new float[op.layout().sequences() * size];
      float[] before = op.initialHidden() == null ? first : op.initialHidden().toArray();
      int from = 0;
      int row = 0;
      for (int step = 0; step < op.layout().steps(); step++) {
        int firstRow = row;
        for (int sequence = 0; sequence < op.layout().batchSize(step); sequence++) {
          state(row++, before, from + sequence);
        }
        before = given;
        from = firstRow;
      }
    }

    private void state(int row, float[] states, int at) {
      float[] before = new float[size];
      System.arraycopy(states, at * size, before, 0, size);
      float[] operand = rounded(before);
      for (int unit = 0; unit < size; unit++) {
        double[] x = new double[3];
        double[] u = new double[3];
        for (int gate = 0; gate < 3; gate++) {
          int column = gate * size + unit;
          x[gate] = inputBias[column] + dot(input, row * INPUTS, inputWeights, column, INPUTS);
          u[gate] = recurrentBias[column] + dot(operand, 0, recurrent, column, size);
        }
        double r = 1 / (1 + Math.exp(-x[0] - u[0]));
        double z = 1 / (1 + Math.exp(-x[1] - u[1]));
        double n = Math.tanh(x[2] + r * u[2]);
        hidden[row * size + unit] = (float) ((1 - z) * n + z * before[unit]);
        double[] kept = {r, z, n, u[2]};
        for (int gate = 0; gate < 4; gate++) {
          gates[row * 4 * size + gate * size + unit] = (float) kept[gate];
        }
      }
    }

    private static double dot(float[] a, int from, float[] matrix, int row, int length) {
      double sum = 0;
      for (int i = 0; i < length; i++) {
        sum += (double) a[from + i] * matrix[row * length + i];
      }
      return sum;
    }

    private static float[] rounded(float[] values) {
      float[] all = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        all[i] = CudaRoundingContract.rounded(values[i]);
      }
      return all;
    }
  }

  /// Other sizes, other precisions and older devices go step by step.
  @ParameterizedTest
  @CsvSource({
    "32, 90, BFLOAT16",
    "72, 90, BFLOAT16",
    "320, 90, BFLOAT16",
    "64, 90, FLOAT32",
    "64, 80, BFLOAT16"
  })
  void whatDoesNotFitGoesStepByStep(int size, int capability, CudaPrecision precision) {
    devices.set("capability", capability);
    try (Backend backend = new CudaBackend(devices.open(false), precision)) {
      GruForward op = operation(backend, size, lengths(3, 2), true, false);
      long before = devices.count("launches");
      backend.gruForward(op);
      float[] hidden = op.hidden().toArray();
      assertThat(devices.count("launches") - before).isEqualTo(1 + 2 * 2);
      assertThat(devices.count("cuLaunchKernelEx")).isZero();
      if (precision == CudaPrecision.BFLOAT16) {
        Expected expected = new Expected(op, hidden);
        Tolerance.assertClose("hidden", hidden, expected.hidden, size + INPUTS);
      }
    }
  }
}
