package dev.segue.engine;

import dev.segue.kernels.TopK;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Lets requests that come at the same time share one pass over the weights.
///
/// A request that finds nobody at work starts at once, alone: waiting for company would cost more
/// than it brings. Those that come meanwhile wait in order. When a pass is over, the first of them
/// takes up to [#MOST_ROWS] of those behind it that rank the same items, and runs the next pass on
/// its own thread; so nobody works for others longer than for itself, and nobody is overtaken by
/// more than the requests of one pass. There is no thread and no timer.
///
/// The answers are those of a pass alone: the k best of a longer list are its first k, and a
/// backend gives a row the same scores in any company.
final class SharedRanking implements AutoCloseable {
  /// Requests of one pass: above, the sums cost more than the reading that is shared.
  static final int MOST_ROWS = 16;

  /// Requests that may wait; above, the caller is told to come back later.
  static final int MOST_WAITING = 4096;

  /// Ranks for several sessions at once.
  interface Pass {
    /// Returns the k best items of each row.
    ///
    /// @param hidden the last hidden state of each session
    /// @param excluded for each session the items that must not appear
    /// @param allowed a bit per item, or null for all
    TopK top(float[][] hidden, int k, int[][] excluded, long @Nullable [] allowed);
  }

  private final Pass pass;
  private final IntConsumer onPass;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private boolean isRunning;
  private boolean isClosed;

  /// Makes a meeting point.
  ///
  /// @param onPass is told the number of requests of every pass, on the thread that ran it
  SharedRanking(Pass pass, IntConsumer onPass) {
    this.pass = pass;
    this.onPass = onPass;
  }

  /// Returns the k best items of a session, best first.
  ///
  /// @throws RejectedExecutionException when too many requests wait
  /// @throws CancellationException when the thread is interrupted while it waits; it stays
  ///   interrupted
  TopK top(float[] hidden, int k, int[] excluded, long @Nullable [] allowed) {
    Request request = new Request(hidden, k, excluded, allowed, lock.newCondition());
    List<Request> batch = arrive(request);
    if (!batch.isEmpty()) {
      try {
        run(batch);
      } finally {
        leave(batch);
      }
    }
    return request.answer();
  }

  /// Returns the requests to run on this thread: none when another has answered this one.
  private List<Request> arrive(Request request) {
    lock.lock();
    try {
      requireOpen();
      if (!isRunning) {
        isRunning = true;
        return List.of(request);
      }
      if (waiting.size() >= MOST_WAITING) {
        throw new RejectedExecutionException(
            "recommend: too many requests wait, expected at most %d, ask again later"
                .formatted(MOST_WAITING));
      }
      waiting.addLast(request);
      return await(request);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until another thread has answered, or until it is this one's turn to lead. Once a pass
  /// has the request an interrupt waits for its end: others may rely on this thread, and a pass is
  /// short.
  private List<Request> await(Request request) {
    boolean isInterrupted = false;
    while (!request.isDone && request.batch == null) {
      try {
        request.called.await();
      } catch (InterruptedException e) {
        isInterrupted = true;
        if (waiting.remove(request)) {
          Thread.currentThread().interrupt();
          throw new CancellationException("recommend: interrupted while it waited");
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return request.batch == null ? List.of() : request.batch;
  }

  private void run(List<Request> batch) {
    Request first = batch.getFirst();
    try {
      int k = batch.stream().mapToInt(request -> request.k).max().orElse(1);
      TopK top =
          pass.top(
              batch.stream().map(request -> request.hidden).toArray(float[][]::new),
              k,
              batch.stream().map(request -> request.excluded).toArray(int[][]::new),
              first.allowed);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result = top;
        batch.get(i).row = i;
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(request -> request.failure = e);
    }
    onPass.accept(batch.size());
  }

  /// Wakes the requests of a pass and calls the next ones.
  private void leave(List<Request> batch) {
    lock.lock();
    try {
      for (Request request : batch) {
        request.isDone = true;
        request.called.signal();
      }
      Request next = waiting.peekFirst();
      if (next == null) {
        isRunning = false;
        idle.signalAll();
      } else {
        next.batch = together(next);
        next.called.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes those out of the queue that go with its first one.
  private List<Request> together(Request first) {
    List<Request> batch = new ArrayList<>();
    Iterator<Request> requests = waiting.iterator();
    while (requests.hasNext() && batch.size() < MOST_ROWS) {
      Request request = requests.next();
      if (Arrays.equals(request.allowed, first.allowed)) {
        batch.add(request);
        requests.remove();
      }
    }
    return batch;
  }

  /// Returns how many requests wait for a pass.
  int waitingRequests() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("recommend: the recommender is closed, expected an open one");
    }
  }

  /// Refuses new requests and returns when those that were there are answered.
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      while (isRunning) {
        idle.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /// One request on its way; all but its own thread change it under the lock or before they take
  /// it.
  private static final class Request {
    private final float[] hidden;
    private final int k;
    private final int[] excluded;
    private final long @Nullable [] allowed;
    private final Condition called;
    private @Nullable List<Request> batch;
    private @Nullable TopK result;
    private @Nullable Throwable failure;
    private int row;
    private boolean isDone;

    Request(float[] hidden, int k, int[] excluded, long @Nullable [] allowed, Condition called) {
      this.hidden = hidden;
      this.k = k;
      this.excluded = excluded;
      this.allowed = allowed;
      this.called = called;
    }

    TopK answer() {
      if (failure != null) {
        switch (failure) {
          case RuntimeException e -> throw e;
          case Error e -> throw e;
          default -> throw new AssertionError(failure);
        }
      }
      if (result == null) {
        throw new AssertionError("a pass ended without an answer");
      }
      int[] items = result.items()[row];
      int count = Math.min(k, items.length);
      return new TopK(
          new int[][] {Arrays.copyOf(items, count)},
          new float[][] {Arrays.copyOf(result.scores()[row], count)});
    }
  }
}
