package dev.segue.engine;

import dev.segue.kernels.Backend;
import dev.segue.kernels.RankingIndex;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopKSearch;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The output layer of a model that answers: without an index at first, so that nothing waits for
/// it, and with one as soon as a thread of its own has made it. Answers are the same with and
/// without.
final class RankingTable implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RankingTable.class);

  /// Items of a search that warms up.
  private static final int WARM_UP_ITEMS = 1024;

  private static final int QUICK_SEARCHES = 50;
  private static final long WARM_UP_LIMIT_NANOS = 60_000_000_000L;

  /// More than any compiled loop needs for a weight, on a busy machine too, and less than any
  /// other.
  private static final double COMPILED_NANOS = 1;

  private final Backend backend;
  private final Tensor weights;
  private final Tensor bias;
  private final Thread maker;
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private volatile @Nullable RankingIndex index;
  private volatile boolean isClosed;

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
      RankingIndex made = backend.rankingIndex(weights, bias);
      if (made.sizeInBytes() == 0 || isCompiled(made)) {
        index = made;
      } else if (!isClosed) {
        LOG.warn(
            "ranking: the compiler does not keep the index's loops in registers, expected less than {} ns"
                + " for a weight; answers read all weights instead",
            COMPILED_NANOS);
      }
    } catch (OutOfMemoryError e) {
      LOG.warn("ranking: no memory for an index, answers are slower", e);
    }
  }

  /// Searches a part of the table, for one session and for several, until both are quick.
  private boolean isCompiled(RankingIndex made) {
    long[] part = new long[(weights.rows() + 63) >>> 6];
    Arrays.fill(part, 0, Math.min(part.length, WARM_UP_ITEMS >>> 6), -1);
    long deadline = System.nanoTime() + WARM_UP_LIMIT_NANOS;
    boolean isQuick = false;
    for (int rows : new int[] {1, 5}) {
      float[] states = new float[rows * weights.columns()];
      Arrays.fill(states, 0.5f);
      try (Tensor hidden = backend.tensor(rows, weights.columns(), states)) {
        TopKSearch search = new TopKSearch(hidden, made, 1, null, part);
        double most = COMPILED_NANOS * rows * WARM_UP_ITEMS * weights.columns();
        int quick = 0;
        while (quick < QUICK_SEARCHES && System.nanoTime() < deadline && !isClosed) {
          long start = System.nanoTime();
          backend.topK(search);
          quick += System.nanoTime() - start < most ? 1 : 0;
        }
        isQuick = quick == QUICK_SEARCHES;
      }
    }
    return isQuick;
  }

  /// Waits for the thread that reads the weights, so that they can be released.
  @Override
  public void close() {
    isClosed = true;
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
