package dev.segue.kernels;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fixed pool of daemon platform threads that run the parts of one job at a time, each thread a
/// fixed contiguous share. The caller is one of the threads. A caller that finds the pool busy runs
/// all parts itself, so any number of threads may call at once and none waits for another's job.
final class Workers implements AutoCloseable {
  /// How often a thread looks for work before it sleeps: some tens of microseconds, the usual gap
  /// between two operations of a training step.
  private static final int SPINS = 2_000;

  /// Multiply-adds below which another thread costs more than it brings: some tens of microseconds.
  static final long MIN_WORK = 1 << 20;

  /// Work cut into independent parts.
  interface Job {
    void run(int part);
  }

  private final long minWork;
  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean closed;

  Workers(int threads, long minWork) {
    this.minWork = minWork;
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
      workers[i].thread.start();
    }
  }

  int threads() {
    return workers.length + 1;
  }

  /// Returns into how many parts to cut work of so many multiply-adds.
  int parts(long work) {
    return Math.clamp(work / minWork, 1, threads());
  }

  /// Runs every part of a job and returns when all are done. The first failure is thrown after
  /// that.
  void run(int parts, Job job) {
    if (closed) {
      throw new IllegalStateException("backend: used after close");
    }
    if (parts <= 1 || workers.length == 0 || !busy.compareAndSet(false, true)) {
      for (int part = 0; part < parts; part++) {
        job.run(part);
      }
      return;
    }
    try {
      Region region = new Region(job, parts, threads());
      for (Worker worker : workers) {
        worker.give(region);
      }
      region.runShare(0);
      region.await();
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker.thread);
    }
  }

  /// One job on its way.
  private static final class Region {
    private final Job job;
    private final int parts;
    private final int threads;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger running;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Region(Job job, int parts, int threads) {
      this.job = job;
      this.parts = parts;
      this.threads = threads;
      this.running = new AtomicInteger(threads - 1);
    }

    @SuppressWarnings("CatchingUnchecked") // whatever a part throws belongs to the caller
    void runShare(int thread) {
      try {
        int end = (int) ((long) parts * (thread + 1) / threads);
        for (int part = (int) ((long) parts * thread / threads); part < end; part++) {
          job.run(part);
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
    }

    void finished() {
      if (running.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }

    void await() {
      for (int spin = 0; running.get() > 0; spin++) {
        if (spin < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      Throwable thrown = failure.get();
      if (thrown == null) {
        return;
      }
      switch (thrown) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new AssertionError(e);
      }
    }
  }

  private final class Worker implements Runnable {
    private final int number;
    private final Thread thread;
    private volatile @Nullable Region next;
    private volatile boolean asleep;

    Worker(int number) {
      this.number = number;
      this.thread = Thread.ofPlatform().daemon().name("segue-worker-" + number).unstarted(this);
    }

    void give(Region region) {
      next = region;
      if (asleep) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      for (int spin = 0; !closed; ) {
        Region region = next;
        if (region != null) {
          next = null;
          region.runShare(number);
          region.finished();
          spin = 0;
        } else if (spin++ < SPINS) {
          Thread.onSpinWait();
        } else {
          sleep();
        }
      }
    }

    private void sleep() {
      asleep = true;
      if (next == null && !closed) {
        LockSupport.park(this);
      }
      asleep = false;
    }
  }
}
