package dev.segue.benchmarks;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.RankingIndex;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopKSearch;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/// Our own backends.
final class BackendRanker implements Ranker {
  private final Backend backend;
  private final RankingTask task;
  private final Tensor hidden;
  private final Tensor weights;
  private final Tensor bias;
  private final @Nullable RankingIndex index;

  /// Takes the weights.
  ///
  /// @param isIndexed whether to rank with an index, as the engine does
  BackendRanker(BackendChoice choice, RankingTask task, int threads, boolean isIndexed) {
    this.task = task;
    backend = Backends.open(choice, threads);
    hidden = backend.allocate(task.rows(), task.size());
    weights = backend.allocate(task.items(), task.size());
    task.weights(weights::write);
    bias = backend.tensor(1, task.items(), task.bias());
    index = isIndexed ? backend.rankingIndex(weights, bias) : null;
  }

  @Override
  public int[][] best(float[] queries) {
    hidden.write(0, FloatBuffer.wrap(queries));
    TopKSearch search =
        index == null
            ? new TopKSearch(hidden, weights, bias, task.k(), null, null)
            : new TopKSearch(hidden, index, task.k(), null, null);
    return backend.topK(search).items();
  }

  @Override
  public void close() {
    hidden.close();
    weights.close();
    bias.close();
    backend.close();
  }
}
