package dev.segue.benchmarks;

/// A contender of [RecommendBenchmark]: a GRU over items with the state of one live session.
public interface LiveModel extends AutoCloseable {
  /// Forgets the session.
  void reset();

  /// Takes one event of the session: one step of the GRU from the state before.
  void append(int item);

  /// Returns the k items with the highest scores after the events so far, best first.
  int[] best(int k);

  @Override
  void close();
}
