package dev.segue.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

/// `torch.gru`, the operator behind DJL's `GRU` block, with autograd.
final class DjlGru implements GruTask {
  private final NDManager manager;
  private final DjlParameter input;
  private final DjlParameter inputWeights;
  private final DjlParameter recurrentWeights;
  private final DjlParameter inputBias;
  private final DjlParameter recurrentBias;
  private final NDArray start;
  private final NDArray hiddenGradient;
  private float[] hidden = {};
  private boolean keep;

  DjlGru(NDManager manager, Problem problem) {
    this.manager = manager;
    int size = problem.hiddenSize();
    int batch = problem.batch();
    int inputSize = problem.inputSize();
    input = DjlParameter.of(manager, problem.input(), problem.steps(), batch, inputSize);
    inputWeights = DjlParameter.of(manager, problem.inputWeights(), 3L * size, inputSize);
    recurrentWeights = DjlParameter.of(manager, problem.recurrentWeights(), 3L * size, size);
    inputBias = DjlParameter.of(manager, problem.inputBias(), 3L * size);
    recurrentBias = DjlParameter.of(manager, problem.recurrentBias(), 3L * size);
    start = manager.zeros(new Shape(1, batch, size));
    hiddenGradient =
        manager.create(problem.hiddenGradient(), new Shape(problem.steps(), batch, size));
  }

  /// Runs the operator; also for [DjlTraining].
  static NDArray gru(NDArray input, NDArray start, DjlParameter... weights) {
    NDList parameters = new NDList();
    for (DjlParameter weight : weights) {
      parameters.add(weight.value());
    }
    return input
        .getNDArrayInternal()
        .gru(input, start, parameters, true, 1, 0, true, false, false)
        .get(0);
  }

  @Override
  public void run() {
    for (DjlParameter parameter : parameters()) {
      parameter.clear();
    }
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray output =
          gru(input.value(), start, inputWeights, recurrentWeights, inputBias, recurrentBias);
      collector.backward(output.mul(hiddenGradient).sum());
      if (keep) {
        hidden = output.toFloatArray();
      }
    }
  }

  private DjlParameter[] parameters() {
    return new DjlParameter[] {input, inputWeights, recurrentWeights, inputBias, recurrentBias};
  }

  @Override
  public Result result() {
    keep = true;
    run();
    keep = false;
    return new Result(
        hidden, input.gradient(), inputWeights.gradient(), recurrentWeights.gradient());
  }

  @Override
  public void close() {
    manager.close();
  }
}
