package dev.segue.engine;

import dev.segue.kernels.Backend;
import dev.segue.kernels.RankingIndex;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopK;
import dev.segue.kernels.TopKSearch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The output layer of a model that answers: without an index at first, so that nothing waits for
/// it, and with one as soon as a thread of its own has made it. Answers are the same with and
/// without.
final class RankingTable implements AutoCloseable {
  /// From the first answer to the making of the index, for a program that answers once and ends.
  private static final long PAUSE_MILLIS = 25;

  private final Backend backend;
  private final Tensor weights;
  private final Tensor bias;
  private final Thread maker;
  private final long pauseMillis;
  private final CountDownLatch hurry = new CountDownLatch(1);
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private volatile @Nullable RankingIndex index;
  private volatile boolean isClosed;

  RankingTable(Backend backend, Tensor weights, Tensor bias) {
    this(backend, weights, bias, PAUSE_MILLIS);
  }

  /// Makes a table whose index is begun so long after the first answer, for tests.
  RankingTable(Backend backend, Tensor weights, Tensor bias, long pauseMillis) {
    this.pauseMillis = pauseMillis;
    this.backend = backend;
    this.weights = weights;
    this.bias = bias;
    maker = Thread.ofPlatform().daemon().name("segue-ranking-index").unstarted(this::makeIndex);
  }

  /// Ranks. The first answer, once it is there, starts the making of the index: a model that only
  /// evaluates never pays for it, and the answer does not share the processors with it.
  TopK top(Tensor hidden, int k, int @Nullable [][] excluded, long @Nullable [] allowed) {
    TopK best = backend.topK(search(hidden, k, excluded, allowed));
    if (isAsked.compareAndSet(false, true)) {
      maker.start();
    }
    return best;
  }

  /// Returns a search, with the index if it is made.
  TopKSearch search(Tensor hidden, int k, int @Nullable [][] excluded, long @Nullable [] allowed) {
    RankingIndex made = index;
    return made != null
        ? new TopKSearch(hidden, made, k, excluded, allowed)
        : new TopKSearch(hidden, weights, bias, k, excluded, allowed);
  }

  /// Starts the making of the index if nobody has, and waits for it.
  void awaitIndex() throws InterruptedException {
    hurry.countDown();
    if (isAsked.compareAndSet(false, true)) {
      maker.start();
    }
    maker.join();
  }

  private void makeIndex() {
    try {
      hurry.await(pauseMillis, TimeUnit.MILLISECONDS);
      RankingIndex made = backend.rankingIndex(weights, bias);
      if (!isClosed) {
        index = made;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      Log.LOG.warn("ranking: no memory for an index, answers are slower", e);
    }
  }

  /// Waits for the thread that reads the weights, so that they can be released.
  @Override
  public void close() {
    isClosed = true;
    isAsked.set(true);
    maker.interrupt();
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

  /// Loaded when there is something to log.
  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger(RankingTable.class);
  }
}
