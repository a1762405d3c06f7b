package dev.segue.engine;

import dev.segue.kernels.Backend;
import dev.segue.kernels.RankingIndex;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopKSearch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The output layer of a model that answers: without an index at first, so that nothing waits for
/// it, and with one as soon as a thread of its own has made it. Answers are the same with and
/// without.
final class RankingTable implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RankingTable.class);

  private final Backend backend;
  private final Tensor weights;
  private final Tensor bias;
  private final Thread maker;
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private volatile @Nullable RankingIndex index;

  RankingTable(Backend backend, Tensor weights, Tensor bias) {
    this.backend = backend;
    this.weights = weights;
    this.bias = bias;
    maker = Thread.ofPlatform().daemon().name("segue-ranking-index").unstarted(this::makeIndex);
  }

  /// Returns a search; the first one starts the making of the index. A model that only evaluates
  /// never searches and never pays for it.
  TopKSearch search(Tensor hidden, int k, int @Nullable [][] excluded, long @Nullable [] allowed) {
    RankingIndex made = index;
    if (made != null) {
      return new TopKSearch(hidden, made, k, excluded, allowed);
    }
    if (isAsked.compareAndSet(false, true)) {
      maker.start();
    }
    return new TopKSearch(hidden, weights, bias, k, excluded, allowed);
  }

  /// Starts the making of the index if nobody has, and waits for it.
  void awaitIndex() throws InterruptedException {
    if (isAsked.compareAndSet(false, true)) {
      maker.start();
    }
    maker.join();
  }

  private void makeIndex() {
    try {
      index = backend.rankingIndex(weights, bias);
    } catch (OutOfMemoryError e) {
      LOG.warn("ranking: no memory for an index, answers are slower", e);
    }
  }

  /// Waits for the thread that reads the weights, so that they can be released.
  @Override
  public void close() {
    isAsked.set(true);
    boolean isInterrupted = false;
    while (maker.isAlive()) {
      try {
        maker.join();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
