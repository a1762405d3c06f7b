package dev.segue.kernels;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Runs kernels on a thread of its own until they are compiled. Meanwhile the first answers of a
/// program come from plain loops, which give the same bits: a vector kernel that is not compiled is
/// a hundred times slower than they are.
final class WarmUp {
  /// Runs in a row that are as quick as compiled ones.
  private static final int QUICK_RUNS = 20;

  /// When vectors are used whatever they take; [KernelWatch] says why they are slow.
  private static final long LIMIT_NANOS = 20_000_000_000L;

  /// From the first answer to the work, for a program that answers once and ends.
  private static final long PAUSE_MILLIS = 100;

  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean isStarted = new AtomicBoolean();
  private volatile boolean isDone;

  private WarmUp(boolean isDone) {
    this.isDone = isDone;
  }

  /// Returns one that has to be started.
  static WarmUp needed() {
    return new WarmUp(false);
  }

  /// Returns one that is done: for long work, which is compiled soon enough, and for tests.
  static WarmUp done() {
    return new WarmUp(true);
  }

  boolean isDone() {
    return isDone;
  }

  /// Starts the thread, once.
  ///
  /// @param work gives what runs the kernels once and returns whether that was as quick as compiled
  ///   ones
  void start(Supplier<BooleanSupplier> work) {
    if (!isDone && isStarted.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("segue-warm-up").start(() -> run(work));
    }
  }

  private void run(Supplier<BooleanSupplier> work) {
    try {
      if (closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      BooleanSupplier isQuick = work.get();
      long start = System.nanoTime();
      int quick = 0;
      while (quick < QUICK_RUNS && !isClosed() && System.nanoTime() - start < LIMIT_NANOS) {
        quick = isQuick.getAsBoolean() ? quick + 1 : 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      if (!isClosed()) {
        throw e;
      }
    }
    isDone = true;
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  /// Ends the thread; it may be in a kernel of a backend that is closed next.
  void close() {
    closing.countDown();
  }
}
