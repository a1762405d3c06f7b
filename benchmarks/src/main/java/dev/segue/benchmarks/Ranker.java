package dev.segue.benchmarks;

/// A contender of [RankingBenchmark]: holds the weights of a [RankingTask] in the form it likes
/// best, and finds the k best items of queries.
public interface Ranker extends AutoCloseable {
  /// Returns for each query the k items with the highest `query · weights_j + bias_j`, best first.
  ///
  /// @param queries `rows × H`, one after another
  int[][] best(float[] queries);

  @Override
  void close();
}
