package dev.segue.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.RowGradients;
import dev.segue.kernels.SampledLoss;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gradients and steps with a loss over sampled items.
class SampledTrainingTest {
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 4e-4;
  private static final Batch BATCH =
      PackedBatches.of(
          new int[][] {{0, 1, 1, 3}, {2, 4}, {3, 3}, {1}},
          new int[][] {{1, 1, 3, 0}, {4, 2}, {3, 1}, {4}});
  private static final SampledColumns COLUMNS = columns(new float[BATCH.size() + 4], 5, 1, 5, 2);

  private static SampledColumns columns(float[] corrections, int... negatives) {
    int[] items = Arrays.copyOf(BATCH.targets(), BATCH.size() + negatives.length);
    System.arraycopy(negatives, 0, items, BATCH.size(), negatives.length);
    return new SampledColumns(items, corrections);
  }

  /// The slope of the loss by every weight of the network, the tied table with both its uses; items
  /// 6 and 7 occur nowhere.
  @ParameterizedTest
  @CsvSource({"4, 3, 1, false", "3, 4, 2, false", "4, 4, 1, true", "3, 3, 2, true"})
  void everyGradientIsTheSlopeOfTheLoss(int embedding, int hidden, int layers, boolean tied) {
    NetworkShape shape = new NetworkShape(8, embedding, hidden, layers, tied);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape);
        SampledGradients gradients = new SampledGradients(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      loss(network, gradients);
      float[][] computed = dense(backend, shape, gradients.all());
      for (int i = 0; i < parameters.all().size(); i++) {
        Parameter parameter = parameters.all().get(i);
        float[] values = parameter.value().toArray();
        for (int j = 0; j < values.length; j++) {
          float value = values[j];
          values[j] = value + STEP;
          parameter.value().write(0, FloatBuffer.wrap(values));
          double above = loss(network, gradients);
          values[j] = value - STEP;
          parameter.value().write(0, FloatBuffer.wrap(values));
          double below = loss(network, gradients);
          values[j] = value;
          parameter.value().write(0, FloatBuffer.wrap(values));
          assertThat((double) computed[i][j])
              .as("%s, number %d", parameter.name(), j)
              .isCloseTo((above - below) / (2 * STEP) / BATCH.size(), within(TOLERANCE));
        }
      }
    }
  }

  private static double loss(GruNetwork network, SampledGradients gradients) {
    return network
        .accumulateSampled(
            BATCH, COLUMNS, new SampledLoss.Softmax(), gradients, Regularisation.none(), 1)
        .getAsDouble();
  }

  /// Writes gradients out by a step of Adagrad's accumulator and sign, which are their squares.
  private static float[][] dense(Backend backend, NetworkShape shape, List<Gradient> gradients) {
    try (ParameterSet moved = new ParameterSet(backend, shape);
        AdagradOptimiser adagrad = new AdagradOptimiser(backend, shape, 1, 0)) {
      adagrad.step(moved, gradients, 1, 1);
      float[][] dense = new float[gradients.size()][];
      for (int i = 0; i < dense.length; i++) {
        dense[i] = moved.tensors().get(i).toArray();
        float[] squares = adagrad.state().get(i).value().toArray();
        for (int j = 0; j < squares.length; j++) {
          dense[i][j] = -Math.signum(dense[i][j]) * (float) Math.sqrt(squares[j]);
        }
      }
      return dense;
    }
  }

  /// Where item 5 stands twice, the log of 2 as its correction makes the sampled loss the full
  /// softmax; without corrections the other rows' targets, which stand twice, cost too much.
  @Test
  void withTheLogOfCountsAsCorrectionItIsTheFullSoftmax() {
    NetworkShape shape = new NetworkShape(6, 4, 4, 1, true);
    Batch one = PackedBatches.of(new int[][] {{2, 3, 0}}, new int[][] {{3, 0, 1}});
    int[] items = {3, 0, 1, 0, 1, 2, 3, 4, 5};
    try (Backend backend = Backends.open(BackendChoice.AUTO);
        ParameterSet parameters = new ParameterSet(backend, shape);
        SampledGradients gradients = new SampledGradients(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      Batch row = PackedBatches.of(new int[][] {{2}}, new int[][] {{3}});
      int[] all = {3, 0, 1, 2, 3, 4, 5, 5};
      float[] logs = new float[all.length];
      logs[6] = (float) Math.log(2);
      logs[7] = (float) Math.log(2);
      double sampled =
          network
              .accumulateSampled(
                  row,
                  new SampledColumns(all, logs),
                  new SampledLoss.Softmax(),
                  gradients,
                  Regularisation.none(),
                  1)
              .getAsDouble();
      assertThat(sampled).isCloseTo(network.loss(row), within(1e-5));
      double uncorrected =
          network
              .accumulateSampled(
                  one,
                  new SampledColumns(items, new float[0]),
                  new SampledLoss.Softmax(),
                  gradients,
                  Regularisation.none(),
                  1)
              .getAsDouble();
      assertThat(uncorrected).isGreaterThan(network.loss(one) + 0.1);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void onlyRowsThatOccurChange(boolean tied) {
    NetworkShape shape = new NetworkShape(9, 4, 4, 1, tied);
    try (Backend backend = Backends.open(BackendChoice.AUTO);
        ParameterSet parameters = new ParameterSet(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      float[] before = parameters.outputWeights().toArray();
      float[] bias = parameters.outputBias().toArray();
      try (TrainingStep step =
          new SampledStep(
              backend,
              network,
              (_, _) -> columns(new float[0], 5, 7),
              new SampledLoss.BprMax(0.5, 1),
              new AdamOptimiser(backend, shape, 0.01),
              Regularisation.none(),
              1)) {
        step.run(BATCH, 1, 1);
      }
      float[] after = parameters.outputWeights().toArray();
      for (int item = 0; item < 9; item++) {
        boolean occurs = item != 6 && item != 8;
        assertThat(after[4 * item] != before[4 * item]).as("row %d", item).isEqualTo(occurs);
        assertThat(parameters.outputBias().toArray()[item] != bias[item])
            .as("bias %d", item)
            .isEqualTo(occurs);
      }
    }
  }

  /// The rows of a tied table have one gradient, in which both uses are summed before the optimiser
  /// sees it: Adagrad's accumulator is the square of the sum.
  @Test
  void aTiedRowHasOneGradientOfBothUses() {
    NetworkShape shape = new NetworkShape(8, 4, 4, 1, true);
    try (Backend backend = Backends.open(BackendChoice.AUTO);
        ParameterSet parameters = new ParameterSet(backend, shape);
        SampledGradients gradients = new SampledGradients(backend, shape)) {
      Initialisation.fill(parameters, 3);
      loss(new GruNetwork(backend, parameters), gradients);
      List<Gradient> all = gradients.all();
      assertThat(all).hasSize(parameters.all().size());
      assertThat(all.getFirst()).isInstanceOf(Gradient.Rows.class);
      if (all.getFirst() instanceof Gradient.Rows(RowGradients rows)) {
        assertThat(rows.distinct()).as("items 0 to 5, each once").isEqualTo(6);
      }
    }
  }
}
