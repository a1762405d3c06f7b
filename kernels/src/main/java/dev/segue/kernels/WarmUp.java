package dev.segue.kernels;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs kernels on a thread of its own until they are compiled: those that are wanted, in the order
/// of [Kernel], each alone. One after the other they are there sooner than together, since the
/// compiler works on one at a time as well.
final class WarmUp {
  /// Runs in a row that are as quick as compiled ones.
  private static final int QUICK_RUNS = 20;

  /// When a kernel is given up.
  private static final long LIMIT_NANOS = 60_000_000_000L;

  /// From the first answer to the work, for a program that answers once and ends.
  private static final long PAUSE_MILLIS = 25;

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<Kernel> wanted = EnumSet.noneOf(Kernel.class);
  private final Set<Kernel> givenUp = EnumSet.noneOf(Kernel.class);
  private final boolean isHurried;
  private boolean isRunning;
  private volatile Set<Kernel> compiled;

  private WarmUp(Set<Kernel> compiled, boolean isHurried) {
    this.isHurried = isHurried;
    this.compiled = Set.copyOf(compiled);
  }

  /// Returns one for a program whose first answers matter.
  static WarmUp needed() {
    return new WarmUp(Set.of(), true);
  }

  /// Returns one for long work, in which all is compiled soon enough but the loops of an index: it
  /// is made to be quick.
  static WarmUp ofIndex() {
    return new WarmUp(Set.of(Kernel.DOTS, Kernel.TILE, Kernel.GATES), false);
  }

  /// Returns one that is done, for tests.
  static WarmUp done() {
    return after(EnumSet.allOf(Kernel.class));
  }

  /// Returns one that has come so far, for tests.
  static WarmUp after(Set<Kernel> compiled) {
    return new WarmUp(compiled, false);
  }

  /// Returns whether to use a kernel.
  boolean has(Kernel kernel) {
    return compiled.contains(kernel);
  }

  /// Has kernels compiled, after a pause.
  void wantLater(Kernel... kernels) {
    want(PAUSE_MILLIS, kernels);
  }

  /// Has kernels compiled.
  void want(Kernel... kernels) {
    want(0, kernels);
  }

  private void want(long pauseMillis, Kernel... kernels) {
    if (compiled.size() == Kernel.values().length) {
      return;
    }
    synchronized (this) {
      for (Kernel kernel : kernels) {
        if (!has(kernel) && !givenUp.contains(kernel)) {
          wanted.add(kernel);
        }
      }
      if (!isRunning && !wanted.isEmpty()) {
        isRunning = true;
        Thread.ofPlatform().daemon().name("segue-warm-up").start(() -> run(pauseMillis));
      }
    }
  }

  /// Waits for a kernel that is wanted; returns whether to use it.
  synchronized boolean await(Kernel kernel) throws InterruptedException {
    while (wanted.contains(kernel) && isRunning) {
      wait();
    }
    return has(kernel);
  }

  /// Waits until an index is worth using; returns whether it is. A program whose first answers
  /// matter takes it as soon as it can be used at all, all others when its last loop is compiled.
  boolean awaitIndex() throws InterruptedException {
    if (!isHurried) {
      await(Kernel.FOUR_QUERIES);
    }
    return await(Kernel.SUMS);
  }

  private void run(long pauseMillis) {
    try {
      if (closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        return;
      }
      KernelRuns runs = new KernelRuns();
      for (Kernel kernel = next(); kernel != null; kernel = next()) {
        finish(kernel, isCompiled(runs.of(kernel)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private synchronized @Nullable Kernel next() {
    Kernel next = isClosed() ? null : wanted.stream().findFirst().orElse(null);
    isRunning = next != null;
    return next;
  }

  private boolean isCompiled(KernelRuns.Run run) {
    long start = System.nanoTime();
    long before = start;
    for (int quick = 0; quick < QUICK_RUNS && before - start < LIMIT_NANOS && !isClosed(); ) {
      run.work().run();
      long now = System.nanoTime();
      quick = now - before < run.compiledNanos() ? quick + 1 : 0;
      before = now;
    }
    return before - start < LIMIT_NANOS && !isClosed();
  }

  private synchronized void finish(Kernel kernel, boolean isCompiled) {
    wanted.remove(kernel);
    if (isCompiled) {
      EnumSet<Kernel> more = EnumSet.of(kernel);
      more.addAll(compiled);
      compiled = Set.copyOf(more);
    } else if (!isClosed()) {
      givenUp.add(kernel);
      Log.LOG.warn(
          "warm-up: the compiler does not keep the loops of {} in registers, expected it within {} s; answers are"
              + " the same and slower",
          kernel,
          TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS));
    }
    notifyAll();
  }

  private synchronized void end() {
    isRunning = false;
    notifyAll();
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  /// Ends the thread.
  void close() {
    closing.countDown();
  }

  /// Loaded when there is something to log.
  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  }
}
