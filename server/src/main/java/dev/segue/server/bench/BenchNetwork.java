package dev.segue.server.bench;

import dev.segue.kernels.Adam;
import dev.segue.kernels.Backend;
import dev.segue.kernels.GatherRows;
import dev.segue.kernels.GruBackward;
import dev.segue.kernels.GruForward;
import dev.segue.kernels.GruWeights;
import dev.segue.kernels.PackedLayout;
import dev.segue.kernels.ScatterAddRows;
import dev.segue.kernels.SoftmaxCrossEntropy;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;

/// The default model's layers with random weights, and a batch of sessions of one length.
final class BenchNetwork implements AutoCloseable {
  private static final float BOUND = 0.0625f; // 1/√256, as PyTorch initialises

  private final Backend backend;
  private final int sessions;
  private final int steps;
  private final int items;
  private final List<Trained> trained = new ArrayList<>();
  private final int[] inputs;
  private final int[] targets;
  private final Tensor embedded;
  private final GruForward forward;
  private final GruBackward backward;
  private int step;

  /// A parameter with its gradient and its moments.
  private record Trained(Tensor value, Tensor gradient, Tensor first, Tensor second) {}

  BenchNetwork(Backend backend, int sessions, int steps, int items) {
    this.backend = backend;
    this.sessions = sessions;
    this.steps = steps;
    this.items = items;
    int rows = sessions * steps;
    Random random = new Random(3);
    inputs = random.ints(rows, 0, items).toArray();
    targets = random.ints(rows, 0, items).toArray();
    add(items, Bench.EMBEDDING, 1);
    add(3 * Bench.HIDDEN, Bench.EMBEDDING, BOUND);
    add(3 * Bench.HIDDEN, Bench.HIDDEN, BOUND);
    add(1, 3 * Bench.HIDDEN, BOUND);
    add(1, 3 * Bench.HIDDEN, BOUND);
    add(items, Bench.HIDDEN, BOUND);
    add(1, items, BOUND);
    embedded = backend.allocate(rows, Bench.EMBEDDING);
    int[] batchSizes = new int[steps];
    Arrays.fill(batchSizes, sessions);
    forward =
        new GruForward(
            new PackedLayout(batchSizes),
            embedded,
            new GruWeights(value(1), value(2), value(3), value(4)),
            backend.allocate(sessions, Bench.HIDDEN),
            backend.allocate(rows, Bench.HIDDEN),
            backend.allocate(rows, 4 * Bench.HIDDEN));
    backward =
        new GruBackward(
            forward,
            Bench.uniform(backend, rows, Bench.HIDDEN, BOUND),
            backend.allocate(rows, Bench.EMBEDDING),
            new GruWeights(gradient(1), gradient(2), gradient(3), gradient(4)),
            null);
  }

  private void add(int rows, int columns, float bound) {
    trained.add(
        new Trained(
            Bench.uniform(backend, rows, columns, bound),
            backend.allocate(rows, columns),
            backend.allocate(rows, columns),
            backend.allocate(rows, columns)));
  }

  private Tensor value(int parameter) {
    return trained.get(parameter).value();
  }

  private Tensor gradient(int parameter) {
    return trained.get(parameter).gradient();
  }

  /// The layer forward and backward.
  BenchTask gru() {
    double flops = 18.0 * sessions * steps * Bench.HIDDEN * (Bench.EMBEDDING + Bench.HIDDEN);
    return new BenchTask(
        "GRU with gradients, %d sessions of %d steps".formatted(sessions, steps),
        flops / 1e9,
        "GFLOP",
        () -> {
          backend.gruForward(forward);
          backend.gruBackward(backward);
          awaitStates();
        });
  }

  /// One event of a live session.
  BenchTask event() {
    return new BenchTask(
        "one event of a live session",
        1,
        "events",
        () -> {
          backend.gatherRows(new GatherRows(value(0), inputs, embedded));
          backend.gruForward(forward);
          awaitStates();
        });
  }

  /// Embedding, GRU, output layer over all items, gradients, Adam.
  BenchTask trainingStep() {
    return new BenchTask(
        String.format(
            Locale.ROOT,
            "training step, %d sessions of %d steps, %,d items",
            sessions,
            steps,
            items),
        inputs.length,
        "events",
        this::train);
  }

  private void train() {
    backend.gatherRows(new GatherRows(value(0), inputs, embedded));
    backend.gruForward(forward);
    DoubleSupplier loss =
        backend.softmaxCrossEntropy(
            new SoftmaxCrossEntropy(
                forward.hidden(),
                value(5),
                value(6),
                targets,
                1f / targets.length,
                new SoftmaxCrossEntropy.Gradients(
                    backward.hiddenGradient(), gradient(5), gradient(6))));
    backend.gruBackward(backward);
    Tensor inputGradient = backward.inputGradient();
    if (inputGradient != null) {
      backend.scatterAddRows(new ScatterAddRows(inputGradient, inputs, gradient(0)));
    }
    step++;
    Adam.Settings settings = Adam.Settings.ofRate(0.001);
    for (Trained each : trained) {
      backend.adam(
          new Adam(each.value(), each.gradient(), each.first(), each.second(), settings, step));
    }
    await(loss);
  }

  /// A GPU has done its work when somebody has a number of it.
  private static void await(DoubleSupplier number) {
    if (Double.isNaN(number.getAsDouble())) {
      throw new IllegalStateException("bench: the loss is NaN");
    }
  }

  private void awaitStates() {
    forward.hidden().read(0, FloatBuffer.allocate(Bench.HIDDEN));
  }

  @Override
  public void close() {
    for (Trained each : trained) {
      each.value().close();
      each.gradient().close();
      each.first().close();
      each.second().close();
    }
    embedded.close();
    forward.hidden().close();
    backward.hiddenGradient().close();
  }
}
