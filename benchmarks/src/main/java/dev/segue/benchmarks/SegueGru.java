package dev.segue.benchmarks;

import dev.segue.kernels.Backend;
import dev.segue.kernels.GruBackward;
import dev.segue.kernels.GruForward;
import dev.segue.kernels.GruWeights;
import dev.segue.kernels.PackedLayout;
import dev.segue.kernels.Tensor;
import java.util.Arrays;

/// Segue's GRU over a packed batch.
final class SegueGru implements GruTask {
  private final Backend backend;
  private final GruForward forward;
  private final GruBackward backward;
  private final GruWeights gradients;
  private final Tensor inputGradient;

  SegueGru(Backend backend, Problem problem) {
    this.backend = backend;
    int rows = problem.batch() * problem.steps();
    int size = problem.hiddenSize();
    int inputSize = problem.inputSize();
    int[] batchSizes = new int[problem.steps()];
    Arrays.fill(batchSizes, problem.batch());
    GruWeights weights =
        new GruWeights(
            backend.tensor(3 * size, inputSize, problem.inputWeights()),
            backend.tensor(3 * size, size, problem.recurrentWeights()),
            backend.tensor(1, 3 * size, problem.inputBias()),
            backend.tensor(1, 3 * size, problem.recurrentBias()));
    gradients =
        new GruWeights(
            backend.allocate(3 * size, inputSize),
            backend.allocate(3 * size, size),
            backend.allocate(1, 3 * size),
            backend.allocate(1, 3 * size));
    inputGradient = backend.allocate(rows, inputSize);
    forward =
        new GruForward(
            new PackedLayout(batchSizes),
            backend.tensor(rows, inputSize, problem.input()),
            weights,
            null,
            backend.allocate(rows, size),
            backend.allocate(rows, 4 * size));
    backward =
        new GruBackward(
            forward,
            backend.tensor(rows, size, problem.hiddenGradient()),
            inputGradient,
            gradients,
            null);
  }

  @Override
  public void run() {
    gradients.input().fill(0);
    gradients.recurrent().fill(0);
    gradients.inputBias().fill(0);
    gradients.recurrentBias().fill(0);
    backend.gruForward(forward);
    backend.gruBackward(backward);
  }

  @Override
  public Result result() {
    return new Result(
        forward.hidden().toArray(),
        inputGradient.toArray(),
        gradients.input().toArray(),
        gradients.recurrent().toArray());
  }

  @Override
  public void close() {
    backend.close();
  }
}
