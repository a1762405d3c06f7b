package dev.segue.benchmarks.gpu;

import dev.segue.kernels.Backend;
import dev.segue.kernels.RankingIndex;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopK;
import dev.segue.kernels.TopKSearch;

/// The exact best 21 of all items for some requests at once. Its "loss" is the first best score.
final class RankingCase implements GpuMeasure.Case {
  private static final int K = 21;

  private final Backend backend;
  private final Tensor weights;
  private final Tensor hidden;
  private final RankingIndex index;

  private RankingCase(Backend backend, Tensor weights, Tensor hidden) {
    this.backend = backend;
    this.weights = weights;
    this.hidden = hidden;
    this.index = backend.rankingIndex(weights, null);
  }

  static RankingCase open(Backend backend, Size size, int requests) {
    Tensor weights = backend.allocate(size.rankedItems(), size.rankedWidth());
    Inputs.fill(weights, 1, 1);
    Tensor hidden = backend.allocate(requests, size.rankedWidth());
    Inputs.fill(hidden, 1, 2);
    return new RankingCase(backend, weights, hidden);
  }

  @Override
  public double step() {
    TopK best = backend.topK(new TopKSearch(hidden, index, K, null, null));
    return best.scores()[0][0];
  }

  @Override
  public void close() {
    weights.close();
    hidden.close();
  }
}
