package dev.segue.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// A value that is made once: by the first who needs it, or ahead of that by a thread of its own.
/// Thread safe.
final class Later<T> {
  private final FutureTask<T> task;

  Later(Supplier<T> maker) {
    task = new FutureTask<>(maker::get);
  }

  /// Returns a value that is there already.
  static <T> Later<T> now(T value) {
    Later<T> later = new Later<>(() -> value);
    later.get();
    return later;
  }

  /// Starts making the value on a daemon thread.
  void start(String threadName) {
    Thread.ofPlatform().daemon().name(threadName).start(task);
  }

  /// Returns the value; makes it, or waits for the thread that does. What went wrong there is
  /// thrown here.
  T get() {
    task.run();
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException cause -> cause;
        case Error cause -> throw cause;
        case null, default -> new IllegalStateException(e);
      };
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
