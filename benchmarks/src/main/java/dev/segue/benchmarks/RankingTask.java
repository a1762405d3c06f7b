package dev.segue.benchmarks;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/// An output layer and some queries, drawn at random: the same for every contender, and never held
/// in memory as a whole. Weights are normal: nothing in them can be left out by looking at a part.
///
/// @param items V
/// @param size H
/// @param rows queries of one batch
/// @param k length of the answers
public record RankingTask(int items, int size, int rows, int k) {
  private static final int CHUNK_ROWS = 1024;

  /// Where the weights go.
  public interface Rows {
    /// Takes rows in order of item.
    ///
    /// @param first number of the first item
    /// @param rows its weights and those of the items after it, row by row
    void take(int first, FloatBuffer rows);
  }

  /// Hands out all weights, `V × H`, a chunk of rows at a time.
  public void weights(Rows target) {
    float[] chunk = new float[CHUNK_ROWS * size];
    for (int first = 0; first < items; first += CHUNK_ROWS) {
      int count = Math.min(CHUNK_ROWS, items - first) * size;
      SplittableRandom random = new SplittableRandom(first);
      for (int i = 0; i < count; i++) {
        chunk[i] = (float) (random.nextGaussian() / Math.sqrt(size));
      }
      target.take(first, FloatBuffer.wrap(chunk, 0, count));
    }
  }

  /// Returns the bias of every item.
  public float[] bias() {
    SplittableRandom random = new SplittableRandom(-1);
    float[] bias = new float[items];
    for (int i = 0; i < items; i++) {
      bias[i] = (float) (random.nextGaussian() / Math.sqrt(size));
    }
    return bias;
  }

  /// Returns the queries, `rows × H`: hidden states of a GRU lie between −1 and 1.
  ///
  /// @param number another number gives other queries
  public float[] queries(long number) {
    SplittableRandom random = new SplittableRandom(-2 - number);
    float[] queries = new float[rows * size];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = (float) Math.tanh(random.nextGaussian());
    }
    return queries;
  }
}
