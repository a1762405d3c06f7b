package dev.segue.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.engine.random.SeededRandom;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.SampledLoss;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Content in the item vectors of a network that is trained.
class ItemContentTest {
  private static final float STEP = 1e-2f;
  private static final double TOLERANCE = 4e-4;
  private static final int ITEMS = 6;
  private static final Batch BATCH =
      PackedBatches.of(
          new int[][] {{0, 1, 1, 3}, {2, 4}, {3, 3}, {1}},
          new int[][] {{1, 1, 3, 0}, {4, 2}, {3, 1}, {4}});

  /// Item 2 has nothing, feature 1 only item 5, which no batch has.
  private static final SparseRows CONTENT =
      new SparseRows(
          new int[] {0, 2, 3, 3, 5, 6, 8},
          new int[] {0, 2, 2, 0, 3, 3, 1, 2},
          new float[] {0.6f, 0.8f, 1, 0.3f, -0.5f, 0.9f, 0.5f, 0.4f},
          4);

  private static ParameterSet parameters(Backend backend, NetworkShape shape) {
    ParameterSet parameters = new ParameterSet(backend, shape);
    Initialisation.fill(parameters, 3);
    SeededRandom random = new SeededRandom(5, 0);
    for (Tensor table : Arrays.asList(parameters.content(), parameters.outputContent())) {
      if (table != null) {
        float[] values = table.toArray();
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble() - 0.5f;
        }
        table.write(0, FloatBuffer.wrap(values));
      }
    }
    return parameters;
  }

  private static NetworkShape shape(int embedding, int hidden, boolean tied) {
    return new NetworkShape(ITEMS, embedding, hidden, 1, tied).withFeatures(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anItemVectorIsItsOwnAndTheSumOfItsFeatures(boolean tied) {
    try (Backend backend = Backends.open(BackendChoice.AUTO);
        ParameterSet trained = parameters(backend, shape(3, 3, tied));
        ItemContent content = new ItemContent(backend, trained, CONTENT, IdDropout.none())) {
      content.compose();
      float[] own = trained.outputWeights().toArray();
      Tensor table = tied ? trained.content() : trained.outputContent();
      float[] features = Objects.requireNonNull(table).toArray();
      float[] whole = content.composed().outputWeights().toArray();
      for (int c = 0; c < 3; c++) {
        assertThat(whole[3 * 2 + c]).as("no content").isEqualTo(own[3 * 2 + c]);
        assertThat(whole[3 * 3 + c])
            .isCloseTo(
                own[3 * 3 + c] + 0.3f * features[c] - 0.5f * features[3 * 3 + c], within(1e-6f));
      }
      if (!tied) {
        assertThat(content.composed().embedding().toArray()).isNotEqualTo(whole);
      }
    }
  }

  /// The slope of the loss by every number that is trained, ids' own vectors left out of the step
  /// or not.
  @ParameterizedTest
  @CsvSource({"4, 3, false, 0", "4, 4, true, 0", "3, 4, false, 0.5", "3, 3, true, 0.5"})
  void everyGradientIsTheSlopeOfTheLossOverAllItems(
      int embedding, int hidden, boolean tied, double dropout) {
    NetworkShape shape = shape(embedding, hidden, tied);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet trained = parameters(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape);
        ParameterSet scratch = new ParameterSet(backend, shape);
        ItemContent content =
            new ItemContent(backend, trained, CONTENT, new IdDropout(dropout, 7))) {
      GruNetwork network = new GruNetwork(backend, trained, null, content);
      Regularisation smoothed = new Regularisation(0, 0, 0, 0.2);
      network.accumulateGradients(BATCH, gradients, smoothed, 1);
      for (int i = 0; i < trained.all().size(); i++) {
        assertThat(gradients.tensors().get(i).toArray())
            .as(trained.all().get(i).name())
            .containsExactly(
                slopes(
                    trained.tensors().get(i),
                    () -> network.accumulateGradients(BATCH, scratch, smoothed, 1).getAsDouble()),
                within((float) TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 3, false, 0", "4, 4, true, 0", "3, 4, false, 0.5", "3, 3, true, 0.5"})
  void everyGradientIsTheSlopeOfASampledLoss(
      int embedding, int hidden, boolean tied, double dropout) {
    NetworkShape shape = shape(embedding, hidden, tied);
    int[] items = Arrays.copyOf(BATCH.targets(), BATCH.size() + 2);
    items[BATCH.size()] = 2;
    items[BATCH.size() + 1] = 3;
    SampledColumns columns = new SampledColumns(items, new float[0]);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet trained = parameters(backend, shape);
        SampledGradients gradients = new SampledGradients(backend, shape);
        ItemContent content =
            new ItemContent(backend, trained, CONTENT, new IdDropout(dropout, 7))) {
      GruNetwork network = new GruNetwork(backend, trained, null, content);
      DoubleSupplier loss =
          () ->
              network
                  .accumulateSampled(
                      BATCH,
                      columns,
                      new SampledLoss.Softmax(),
                      gradients,
                      Regularisation.none(),
                      1)
                  .getAsDouble();
      assertThat(loss.getAsDouble()).isFinite();
      float[][] computed = dense(backend, shape, gradients.all());
      for (int i = 0; i < trained.all().size(); i++) {
        assertThat(computed[i])
            .as(trained.all().get(i).name())
            .containsExactly(slopes(trained.tensors().get(i), loss), within((float) TOLERANCE));
      }
    }
  }

  private static float[] slopes(Tensor weights, DoubleSupplier loss) {
    float[] values = weights.toArray();
    float[] slopes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      values[i] = value + STEP;
      weights.write(0, FloatBuffer.wrap(values));
      double above = loss.getAsDouble();
      values[i] = value - STEP;
      weights.write(0, FloatBuffer.wrap(values));
      double below = loss.getAsDouble();
      values[i] = value;
      weights.write(0, FloatBuffer.wrap(values));
      slopes[i] = (float) ((above - below) / (2 * STEP) / BATCH.size());
    }
    return slopes;
  }

  /// Writes gradients out by a step of Adagrad, whose accumulator is their square.
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

  @Test
  void leftOutVectorsAreThoseOfTheStepAndHaveNoGradient() {
    IdDropout half = new IdDropout(0.5, 7);
    NetworkShape shape = shape(4, 4, true);
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet trained = parameters(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape);
        ItemContent content = new ItemContent(backend, trained, CONTENT, half)) {
      new GruNetwork(backend, trained, null, content)
          .accumulateGradients(BATCH, gradients, Regularisation.none(), 2);
      float[] gradient = gradients.embedding().toArray();
      int dropped = 0;
      for (int item = 0; item < ITEMS; item++) {
        boolean isZero = gradient[4 * item] == 0;
        assertThat(isZero).as("item %d", item).isEqualTo(half.drops(2, item));
        dropped += isZero ? 1 : 0;
      }
      assertThat(dropped).isBetween(1, ITEMS - 1);
    }
    long drops = 0;
    for (int item = 0; item < 10_000; item++) {
      drops += new IdDropout(0.3, 1).drops(4, item) ? 1 : 0;
    }
    assertThat(drops).isBetween(2_850L, 3_150L);
  }

  /// An item that training had not: its content alone, with what was asked for above the mean of
  /// the biases.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anItemThatWasNotTrainedIsItsContent(boolean tied) {
    NetworkShape shape = new NetworkShape(4, 3, 3, 2, tied).withFeatures(4);
    try (Backend backend = Backends.open(BackendChoice.AUTO);
        ParameterSet trained = parameters(backend, shape);
        ItemContent content =
            new ItemContent(backend, trained, CONTENT.first(4), IdDropout.none());
        ParameterSet ranked = ItemContent.ranked(backend, trained, CONTENT, 0.5)) {
      content.compose();
      assertThat(ranked.shape().items()).isEqualTo(ITEMS);
      assertThat(Arrays.copyOf(ranked.outputWeights().toArray(), 4 * 3))
          .containsExactly(content.composed().outputWeights().toArray());
      assertThat(ranked.layer(1).recurrent().toArray())
          .containsExactly(trained.layer(1).recurrent().toArray());
      Tensor table = tied ? trained.content() : trained.outputContent();
      float[] features = Objects.requireNonNull(table).toArray();
      float[] bias = trained.outputBias().toArray();
      float mean = (bias[0] + bias[1] + bias[2] + bias[3]) / 4;
      for (int c = 0; c < 3; c++) {
        assertThat(ranked.outputWeights().toArray()[5 * 3 + c])
            .isCloseTo(0.5f * features[3 + c] + 0.4f * features[6 + c], within(1e-6f));
      }
      assertThat(ranked.outputBias().toArray()[5]).isCloseTo(mean + 0.5f, within(1e-6f));
      try (ParameterSet again = parameters(backend, shape)) {
        again.growFrom(ranked, 4);
        ItemContent.separate(again, CONTENT, 4);
        assertThat(again.embedding().toArray())
            .containsExactly(trained.embedding().toArray(), within(1e-6f));
        assertThat(again.outputWeights().toArray())
            .containsExactly(trained.outputWeights().toArray(), within(1e-6f));
      }
    }
  }

  /// Many items and features, so that several threads have work.
  @Test
  void theBitsDoNotDependOnTheNumberOfThreads() throws Exception {
    float[][] alone = gradients(new ForkJoinPool(1));
    float[][] together = gradients(new ForkJoinPool(7));
    for (int i = 0; i < alone.length; i++) {
      assertThat(together[i]).as("gradient %d", i).containsExactly(alone[i]);
    }
  }

  private static float[][] gradients(ForkJoinPool pool) throws Exception {
    int items = 1_000;
    SeededRandom random = new SeededRandom(1, 0);
    int[] offsets = new int[items + 1];
    int[] columns = new int[items * 4];
    float[] values = new float[columns.length];
    for (int item = 0; item < items; item++) {
      offsets[item + 1] = 4 * (item + 1);
      for (int i = 0; i < 4; i++) {
        columns[4 * item + i] = 200 * i + random.nextInt(200);
        values[4 * item + i] = (float) random.nextDouble();
      }
    }
    SparseRows rows = new SparseRows(offsets, columns, values, 800);
    NetworkShape shape = new NetworkShape(items, 8, 8, 1, true).withFeatures(800);
    try (Backend backend = Backends.open(BackendChoice.AUTO);
        ParameterSet trained = parameters(backend, shape);
        ParameterSet gradients = new ParameterSet(backend, shape);
        ItemContent content = new ItemContent(backend, trained, rows, IdDropout.none());
        pool) {
      GruNetwork network = new GruNetwork(backend, trained, null, content);
      return pool.submit(
              () -> {
                network.accumulateGradients(BATCH, gradients, Regularisation.none(), 1);
                return new float[][] {
                  content.composed().embedding().toArray(),
                  Objects.requireNonNull(gradients.content()).toArray()
                };
              })
          .get();
    }
  }

  @Test
  void contentThatDoesNotFitIsRefused() {
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        ParameterSet trained = parameters(backend, shape(3, 3, true))) {
      assertThatThrownBy(
              () -> new ItemContent(backend, trained, CONTENT.first(2), IdDropout.none()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("network: content, expected 6 items and 4 features, got 2 and 4");
    }
  }
}
