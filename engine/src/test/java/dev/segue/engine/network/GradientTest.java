package dev.segue.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares the gradient of every single weight of small networks with central differences of the
/// loss. The weights are floats, so the step is large and the tolerance follows from both errors:
/// rounding about 1e-7 · loss / step, truncation step².
class GradientTest {
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 4e-4;
  private static final Batch BATCH =
      PackedBatches.of(
          new int[][] {{0, 1, 1, 3}, {2, 4}, {3, 3}, {1}},
          new int[][] {{1, 1, 3, 0}, {4, 2}, {3, 1}, {4}});
  private static final Batch WEIGHTED =
      new Batch(
          BATCH.layout(),
          BATCH.inputs(),
          BATCH.targets(),
          null,
          null,
          new float[] {0.5f, 0, 3, 1, 1.75f, 1, 0.1f, 2, 1});

  @ParameterizedTest
  @CsvSource({
    "4, 3, 1, false, false",
    "3, 4, 2, false, true",
    "4, 4, 1, true, true",
    "3, 3, 3, true, false"
  })
  void everyGradientIsTheSlopeOfTheLoss(
      int embedding, int hidden, int layers, boolean tied, boolean weighted) {
    Batch batch = weighted ? WEIGHTED : BATCH;
    NetworkShape shape = new NetworkShape(5, embedding, hidden, layers, tied);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      network.accumulateGradients(batch, gradients, Regularisation.none(), 1);
      for (int i = 0; i < parameters.all().size(); i++) {
        Tensor weights = parameters.tensors().get(i);
        float[] slopes = slopes(network, batch, weights);
        assertThat(gradients.tensors().get(i).toArray())
            .as(parameters.all().get(i).name())
            .containsExactly(slopes, within((float) TOLERANCE));
      }
    }
  }

  private static float[] slopes(GruNetwork network, Batch batch, Tensor weights) {
    float[] values = weights.toArray();
    float[] slopes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      double above = lossAt(network, batch, weights, values, i, value + STEP);
      double below = lossAt(network, batch, weights, values, i, value - STEP);
      slopes[i] = (float) ((above - below) / (2 * STEP) / batch.size());
      lossAt(network, batch, weights, values, i, value);
    }
    return slopes;
  }

  private static double lossAt(
      GruNetwork network, Batch batch, Tensor weights, float[] values, int index, float value) {
    values[index] = value;
    weights.write(0, FloatBuffer.wrap(values));
    return network.loss(batch);
  }

  @Test
  void gradientsOfTwoBatchesAddUp() {
    NetworkShape shape = new NetworkShape(5, 4, 4, 1, true);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape);
        ParameterSet once = new ParameterSet(backend, shape);
        ParameterSet twice = new ParameterSet(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      network.accumulateGradients(BATCH, once, Regularisation.none(), 1);
      network.accumulateGradients(BATCH, twice, Regularisation.none(), 1);
      network.accumulateGradients(BATCH, twice, Regularisation.none(), 2);

      float[] single = once.embedding().toArray();
      float[] sum = twice.embedding().toArray();
      for (int i = 0; i < single.length; i++) {
        assertThat(sum[i]).isCloseTo(2 * single[i], within(1e-6f));
      }
    }
  }

  @Test
  void dropoutIsDrawnAnewInEveryStepAndAgainWithTheSameStep() {
    NetworkShape shape = new NetworkShape(5, 8, 8, 1, false);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      Regularisation half = new Regularisation(0.5f, 0.5f, 9);
      double first = network.accumulateGradients(BATCH, gradients, half, 1).getAsDouble();
      double second = network.accumulateGradients(BATCH, gradients, half, 2).getAsDouble();
      double firstAgain = network.accumulateGradients(BATCH, gradients, half, 1).getAsDouble();

      assertThat(first).isNotEqualTo(second).isNotEqualTo(network.loss(BATCH));
      assertThat(firstAgain).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0, 0", "0, 0.5, 0", "0.3, 0.4, 0", "0.3, 0.4, 0.2"})
  void gradientsPassTheMasksOfTheirValues(
      float embeddingDropout, float hiddenDropout, double smoothing) {
    NetworkShape shape = new NetworkShape(5, 4, 3, 1, false);
    Regularisation dropout = new Regularisation(embeddingDropout, hiddenDropout, 9, smoothing);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape);
        ParameterSet scratch = new ParameterSet(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      network.accumulateGradients(BATCH, gradients, dropout, 1);
      float[] gradient = gradients.embedding().toArray();
      float[] table = parameters.embedding().toArray();
      for (int i = 0; i < table.length; i++) {
        float value = table[i];
        table[i] = value + STEP;
        parameters.embedding().write(0, FloatBuffer.wrap(table));
        double above = network.accumulateGradients(BATCH, scratch, dropout, 1).getAsDouble();
        table[i] = value - STEP;
        parameters.embedding().write(0, FloatBuffer.wrap(table));
        double below = network.accumulateGradients(BATCH, scratch, dropout, 1).getAsDouble();
        table[i] = value;
        assertThat((double) gradient[i])
            .isCloseTo((above - below) / (2 * STEP) / BATCH.size(), within(TOLERANCE));
      }
    }
  }
}
