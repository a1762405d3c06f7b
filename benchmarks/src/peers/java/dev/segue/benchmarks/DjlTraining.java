package dev.segue.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.segue.engine.network.Initialisation;
import dev.segue.engine.network.Parameter;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.PackedLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Training as a user of DJL writes it: sequences padded to the longest of their batch (DJL has no
/// packed sequences), the output layer on real positions alone, autograd, DJL's Adam.
final class DjlTraining implements TrainingTask {
  private final NDManager manager;
  private final Problem problem;
  private final Map<String, DjlParameter> parameters = new LinkedHashMap<>();
  private final List<Padded> batches = new ArrayList<>();
  private final List<DjlColumns> columns = new ArrayList<>();
  private final Optimizer adam =
      Optimizer.adam().optLearningRateTracker(Tracker.fixed((float) Problem.RATE)).build();
  private int step;

  /// A batch as PyTorch takes it.
  ///
  /// @param items `T × B`, padded with item 0
  /// @param start `1 × B × H`, zeros
  /// @param rows the numbers of the N real positions among `T · B`, or null when all are real
  /// @param targets `N × 1`
  private record Padded(NDArray items, NDArray start, @Nullable NDArray rows, NDArray targets) {}

  DjlTraining(NDManager manager, Problem problem) {
    if (problem.shape().layers() != 1) {
      throw new IllegalArgumentException(
          "benchmark: layers, expected 1, got " + problem.shape().layers());
    }
    this.manager = manager;
    this.problem = problem;
    try (Backend backend = Backends.open(BackendChoice.SCALAR)) {
      ParameterSet initial = new ParameterSet(backend, problem.shape());
      Initialisation.fill(initial, problem.seed());
      for (Parameter parameter : initial.all()) {
        parameters.put(
            parameter.name(),
            DjlParameter.of(manager, parameter.value().toArray(), parameter.shape()));
      }
    }
    problem.batches().forEach(batch -> batches.add(pad(batch)));
    for (int i = 0; i < problem.columns().size(); i++) {
      int rows = problem.batch(i).size();
      columns.add(DjlColumns.of(manager, problem.columns(i), rows));
    }
  }

  private Padded pad(Batch batch) {
    PackedLayout layout = batch.layout();
    int sequences = layout.sequences();
    long[] items = new long[layout.steps() * sequences];
    long[] rows = new long[layout.rows()];
    int row = 0;
    for (int t = 0; t < layout.steps(); t++) {
      for (int i = 0; i < layout.batchSize(t); i++) {
        items[t * sequences + i] = batch.inputs()[row];
        rows[row++] = (long) t * sequences + i;
      }
    }
    return new Padded(
        manager.create(items, new Shape(layout.steps(), sequences)),
        manager.zeros(new Shape(1, sequences, problem.shape().hidden())),
        rows.length == items.length ? null : manager.create(rows),
        DjlCrossEntropy.column(manager, batch.targets()));
  }

  @Override
  public double step() {
    int number = step++ % batches.size();
    Padded batch = batches.get(number);
    parameters.values().forEach(DjlParameter::clear);
    double mean;
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray hidden = hidden(batch);
      NDArray loss =
          problem.isSampled()
              ? columns.get(number).loss(hidden, value("embedding.weight"), value("output.bias"))
              : DjlCrossEntropy.loss(logits(hidden), batch.targets());
      collector.backward(loss);
      mean = loss.getFloat();
    }
    parameters.forEach((name, parameter) -> {
      try (NDArray gradient = parameter.value().getGradient()) {
        adam.update(name, parameter.value(), gradient);
      }
    });
    return mean;
  }

  /// Returns the hidden states of the real positions, `N × H`.
  private NDArray hidden(Padded batch) {
    NDArray hidden =
        DjlGru.gru(
            rows(value("embedding.weight"), batch.items()),
            batch.start(),
            parameter("gru.weight_ih_l0"),
            parameter("gru.weight_hh_l0"),
            parameter("gru.bias_ih_l0"),
            parameter("gru.bias_hh_l0"));
    NDArray flat = hidden.reshape(-1, problem.shape().hidden());
    NDArray rows = batch.rows();
    return rows == null ? flat : rows(flat, rows);
  }

  private NDArray logits(NDArray hidden) {
    String weights = problem.shape().tied() ? "embedding.weight" : "output.weight";
    return DjlCrossEntropy.linear(hidden, value(weights), value("output.bias"));
  }

  /// Returns rows of a matrix by number: `torch.embedding`, whose gradient is the fastest.
  static NDArray rows(NDArray matrix, NDArray numbers) {
    return matrix.getNDArrayInternal().embedding(numbers, matrix, SparseFormat.DENSE).get(0);
  }

  private NDArray value(String name) {
    return parameter(name).value();
  }

  private DjlParameter parameter(String name) {
    DjlParameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("benchmark: no parameter " + name);
    }
    return parameter;
  }

  @Override
  public void close() {
    manager.close();
  }
}
