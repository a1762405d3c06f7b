package dev.segue.benchmarks;

import dev.segue.kernels.Backend;
import dev.segue.kernels.SoftmaxCrossEntropy;
import dev.segue.kernels.Tensor;

/// Segue's output layer fused with its loss.
final class SegueCrossEntropy implements CrossEntropyTask {
  private final Backend backend;
  private final int rows;
  private final SoftmaxCrossEntropy.Gradients gradients;
  private final Tensor biasGradient;
  private final SoftmaxCrossEntropy operation;
  private double loss;

  SegueCrossEntropy(Backend backend, Problem problem) {
    this.backend = backend;
    rows = problem.rows();
    biasGradient = backend.allocate(1, problem.items());
    gradients =
        new SoftmaxCrossEntropy.Gradients(
            backend.allocate(rows, problem.size()),
            backend.allocate(problem.items(), problem.size()),
            biasGradient);
    operation =
        new SoftmaxCrossEntropy(
            backend.tensor(rows, problem.size(), problem.hidden()),
            backend.tensor(problem.items(), problem.size(), problem.weights()),
            backend.tensor(1, problem.items(), problem.bias()),
            problem.targets(),
            1f / rows,
            gradients);
  }

  @Override
  public double run() {
    gradients.weights().fill(0);
    biasGradient.fill(0);
    loss = backend.softmaxCrossEntropy(operation).getAsDouble() / rows;
    return loss;
  }

  @Override
  public Result result() {
    return new Result(
        loss, gradients.hidden().toArray(), gradients.weights().toArray(), biasGradient.toArray());
  }

  @Override
  public void close() {
    backend.close();
  }
}
