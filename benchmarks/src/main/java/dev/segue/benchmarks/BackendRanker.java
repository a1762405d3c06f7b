package dev.segue.benchmarks;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopKSearch;
import java.nio.FloatBuffer;

/// Our own backends.
final class BackendRanker implements Ranker {
  private final Backend backend;
  private final RankingTask task;
  private final Tensor hidden;
  private final Tensor weights;
  private final Tensor bias;

  BackendRanker(BackendChoice choice, RankingTask task, int threads) {
    this.task = task;
    backend = Backends.open(choice, threads);
    hidden = backend.allocate(task.rows(), task.size());
    weights = backend.allocate(task.items(), task.size());
    task.weights(weights::write);
    bias = backend.tensor(1, task.items(), task.bias());
  }

  @Override
  public int[][] best(float[] queries) {
    hidden.write(0, FloatBuffer.wrap(queries));
    return backend.topK(new TopKSearch(hidden, weights, bias, task.k(), null, null)).items();
  }

  @Override
  public void close() {
    hidden.close();
    weights.close();
    bias.close();
    backend.close();
  }
}
