package dev.segue.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import java.util.Arrays;

/// `torch.linear`, then what DJL's `SoftmaxCrossEntropyLoss` does, with autograd.
final class DjlCrossEntropy implements CrossEntropyTask {
  private final NDManager manager;
  private final DjlParameter hidden;
  private final DjlParameter weights;
  private final DjlParameter bias;
  private final NDArray targets;
  private double loss;

  DjlCrossEntropy(NDManager manager, Problem problem) {
    this.manager = manager;
    hidden = DjlParameter.of(manager, problem.hidden(), problem.rows(), problem.size());
    weights = DjlParameter.of(manager, problem.weights(), problem.items(), problem.size());
    bias = DjlParameter.of(manager, problem.bias(), problem.items());
    targets = column(manager, problem.targets());
  }

  /// Makes item numbers a column, as the loss wants them.
  static NDArray column(NDManager manager, int[] items) {
    return manager.create(Arrays.stream(items).asLongStream().toArray()).expandDims(1);
  }

  /// Returns the mean loss of the logits of all items.
  static NDArray loss(NDArray logits, NDArray targets) {
    NDArray logProbabilities = logits.logSoftmax(1);
    return logProbabilities.get(new NDIndex().addAllDim().addPickDim(targets)).neg().mean();
  }

  static NDArray linear(NDArray input, NDArray weights, NDArray bias) {
    return input.getNDArrayInternal().linear(input, weights, bias).get(0);
  }

  @Override
  public double run() {
    hidden.clear();
    weights.clear();
    bias.clear();
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray mean = loss(linear(hidden.value(), weights.value(), bias.value()), targets);
      collector.backward(mean);
      loss = mean.getFloat();
      return loss;
    }
  }

  @Override
  public Result result() {
    return new Result(loss, hidden.gradient(), weights.gradient(), bias.gradient());
  }

  @Override
  public void close() {
    manager.close();
  }
}
