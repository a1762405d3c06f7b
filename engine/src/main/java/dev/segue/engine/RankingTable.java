package dev.segue.engine;

import dev.segue.kernels.Backend;
import dev.segue.kernels.RankingIndex;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopK;
import dev.segue.kernels.TopKSearch;
import java.util.Arrays;
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
  /// Items of a search that warms up.
  private static final int WARM_UP_ITEMS = 1024;

  /// From the first answer to the making of the index, for a program that answers once and ends.
  private static final long PAUSE_MILLIS = 100;

  private static final int QUICK_SEARCHES = 50;
  private static final long WARM_UP_LIMIT_NANOS = 60_000_000_000L;

  /// More than any compiled loop needs for a weight, on a busy machine too, and less than any
  /// other.
  private static final double COMPILED_NANOS = 1;

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
      if (hurry.await(pauseMillis, TimeUnit.MILLISECONDS) && isClosed) {
        return;
      }
      RankingIndex made = backend.rankingIndex(weights, bias);
      if (made.sizeInBytes() == 0 || isCompiled(made)) {
        index = made;
      } else if (!isClosed) {
        Log.LOG.warn(
            "ranking: the compiler does not keep the index's loops in registers, expected less than {} ns"
                + " for a weight; answers read all weights instead",
            COMPILED_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      Log.LOG.warn("ranking: no memory for an index, answers are slower", e);
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
    hurry.countDown();
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
