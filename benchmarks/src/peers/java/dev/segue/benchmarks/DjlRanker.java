package dev.segue.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/// `torch.linear`, then `torch.topk`.
final class DjlRanker implements Ranker {
  private final NDManager manager;
  private final RankingTask task;
  private final NDArray weights;
  private final NDArray bias;

  DjlRanker(NDManager manager, RankingTask task) {
    this.manager = manager;
    this.task = task;
    weights = manager.create(new Shape(task.items(), task.size()), DataType.FLOAT32);
    task.weights((first, rows) -> {
      int count = rows.remaining() / task.size();
      try (NDArray chunk = manager.create(rows, new Shape(count, task.size()))) {
        weights.set(new ai.djl.ndarray.index.NDIndex(first + ":" + (first + count)), chunk);
      }
    });
    bias = manager.create(task.bias());
  }

  @Override
  public int[][] best(float[] queries) {
    try (NDManager call = manager.newSubManager()) {
      NDArray input = call.create(queries, new Shape(task.rows(), task.size()));
      return best(input, weights, bias, task.k());
    }
  }

  /// Returns the best items of each row; what it makes belongs to the input's manager.
  static int[][] best(NDArray input, NDArray weights, NDArray bias, int k) {
    long[] items =
        DjlCrossEntropy.linear(input, weights, bias).topK(k, 1, true, true).get(1).toLongArray();
    int[][] best = new int[items.length / k][];
    for (int row = 0; row < best.length; row++) {
      best[row] = Arrays.stream(items, row * k, (row + 1) * k).mapToInt(Math::toIntExact).toArray();
    }
    return best;
  }

  @Override
  public void close() {
    manager.close();
  }
}
