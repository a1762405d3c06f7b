package dev.segue.kernels.cuda;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// The one platform thread that talks to a device: a context is current on a thread, and a virtual
/// thread may wake up on another.
final class OwnerThread implements AutoCloseable {
  private final ExecutorService executor;

  OwnerThread(String name) {
    executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /// Runs a task and returns what it returns, or throws what it throws.
  <T> T call(Supplier<T> task) {
    Future<T> result = executor.submit(task::get);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          // A task on the device cannot be given up half way: its memory is in use.
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(Objects.requireNonNull(e.getCause()));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Runs a task.
  void run(Runnable task) {
    call(() -> {
      task.run();
      return true;
    });
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException exception) {
      return exception;
    }
    return new IllegalStateException(cause);
  }

  @Override
  public void close() {
    executor.close();
  }
}
