package dev.segue.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.engine.sequences.Batch;
import dev.segue.engine.sequences.EventCodes;
import dev.segue.engine.sequences.EventFeatures;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.SampledLoss;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Dwell times and actions as inputs of the network.
class EventInputsTest {
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 4e-4;
  private static final Batch ITEMS =
      PackedBatches.of(
          new int[][] {{0, 1, 1, 3}, {2, 4}, {3, 3}, {1}},
          new int[][] {{1, 1, 3, 0}, {4, 2}, {3, 1}, {4}});

  @ParameterizedTest
  @CsvSource({"3, 2, 1, false", "3, 2, 2, true", "3, 0, 1, true", "0, 2, 1, false"})
  void gradientsOfTheTablesAreSlopesOfTheLoss(int dwells, int actions, int layers, boolean tied) {
    NetworkShape shape = new NetworkShape(5, 4, 4, layers, tied, dwells, actions);
    Batch batch = batch(dwells, actions);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape);
        SampledGradients sampled = new SampledGradients(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      network.accumulateGradients(batch, gradients, Regularisation.none(), 1);
      // All items as columns and no corrections but the log of counts: the same loss.
      SampledColumns columns = allItems(batch.targets());
      double loss =
          network
              .accumulateSampled(
                  batch, columns, new SampledLoss.BprMax(0, 0), sampled, Regularisation.none(), 1)
              .getAsDouble();
      assertThat(loss).isFinite();
      List<Gradient> all = sampled.all();
      assertThat(all).hasSize(parameters.all().size());
      for (int i = 0; i < parameters.all().size(); i++) {
        String name = parameters.all().get(i).name();
        Tensor weights = parameters.tensors().get(i);
        float[] slopes = slopes(network, batch, weights);
        assertThat(gradients.tensors().get(i).toArray())
            .as(name)
            .containsExactly(slopes, within((float) TOLERANCE));
        if (name.equals("dwell.weight") || name.equals("action.weight")) {
          assertThat(all.get(i)).isInstanceOf(Gradient.Dense.class);
        }
      }
    }
  }

  /// The gradients of a sampled loss, by its own slopes.
  @Test
  void gradientsOfASampledLossAreItsSlopesToo() {
    NetworkShape shape = new NetworkShape(5, 4, 4, 1, true, 3, 2);
    Batch batch = batch(3, 2);
    SampledColumns columns = allItems(batch.targets());
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape);
        SampledGradients gradients = new SampledGradients(backend, shape);
        SampledGradients scratch = new SampledGradients(backend, shape)) {
      Initialisation.fill(parameters, 3);
      GruNetwork network = new GruNetwork(backend, parameters);
      sampledLoss(network, batch, columns, gradients);
      float[] computed = Objects.requireNonNull(gradients.dwell()).toArray();
      Tensor table = Objects.requireNonNull(parameters.dwell());
      float[] values = table.toArray();
      for (int i = 0; i < values.length; i++) {
        float value = values[i];
        values[i] = value + STEP;
        table.write(0, FloatBuffer.wrap(values));
        double above = sampledLoss(network, batch, columns, scratch);
        values[i] = value - STEP;
        table.write(0, FloatBuffer.wrap(values));
        double below = sampledLoss(network, batch, columns, scratch);
        values[i] = value;
        assertThat((double) computed[i])
            .isCloseTo((above - below) / (2 * STEP) / batch.size(), within(TOLERANCE));
      }
    }
  }

  private static double sampledLoss(
      GruNetwork network, Batch batch, SampledColumns columns, SampledGradients gradients) {
    return network
        .accumulateSampled(
            batch, columns, new SampledLoss.Softmax(), gradients, Regularisation.none(), 1)
        .getAsDouble();
  }

  private static SampledColumns allItems(int[] targets) {
    int[] items = Arrays.copyOf(targets, targets.length + 5);
    for (int item = 0; item < 5; item++) {
      items[targets.length + item] = item;
    }
    return new SampledColumns(items, new float[0]);
  }

  private static Batch batch(int dwells, int actions) {
    int[] dwell = {0, 1, 2, 2, 1, 0, 2, 1, 0};
    int[] action = {1, 0, 0, 1, 1, 1, 0, 0, 1};
    EventFeatures features =
        new EventFeatures(dwells == 0 ? new int[0] : dwell, actions == 0 ? new int[0] : action);
    return new Batch(
        ITEMS.layout(), ITEMS.inputs(), ITEMS.targets(), null, features, Batch.EQUAL_WEIGHTS);
  }

  private static float[] slopes(GruNetwork network, Batch batch, Tensor weights) {
    float[] values = weights.toArray();
    float[] slopes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      values[i] = value + STEP;
      weights.write(0, FloatBuffer.wrap(values));
      double above = network.loss(batch);
      values[i] = value - STEP;
      weights.write(0, FloatBuffer.wrap(values));
      double below = network.loss(batch);
      values[i] = value;
      weights.write(0, FloatBuffer.wrap(values));
      slopes[i] = (float) ((above - below) / (2 * STEP) / batch.size());
    }
    return slopes;
  }

  @Test
  void aBatchWithoutWhatTheNetworkTakesIsRefused() {
    NetworkShape shape = new NetworkShape(5, 4, 4, 1, true, 3, 0);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet parameters = new ParameterSet(backend, shape)) {
      GruNetwork network = new GruNetwork(backend, parameters);
      assertThatThrownBy(() -> network.loss(ITEMS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("network: dwell of the events, expected one for each of 9, got 0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "0, 1",
    "1999, 1",
    "2000, 2",
    "3999, 2",
    "4000, 3",
    "255999, 8",
    "256000, 9",
    "511999, 9",
    "512000, 10",
    "9223372036854775807, 10"
  })
  void dwellTimesFallIntoClassesThatDouble(long millis, int code) {
    assertThat(EventCodes.dwell(millis)).isEqualTo(code);
  }

  @Test
  void actionsAreNumberedInTheirOrderAndOthersAreNumberZero() {
    EventCodes codes = new EventCodes(false, List.of("Clicked", "Searched"));
    assertThat(codes.action("Clicked")).isEqualTo(1);
    assertThat(codes.action("Searched")).isEqualTo(2);
    assertThat(codes.action("Bought")).isZero();
    assertThat(codes.actionRows()).isEqualTo(3);
    assertThat(codes.dwellRows()).isZero();
    assertThat(EventCodes.none().areNone()).isTrue();
  }
}
