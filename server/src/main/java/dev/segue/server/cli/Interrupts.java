package dev.segue.server.cli;

import java.util.concurrent.CountDownLatch;

/// Turns Ctrl-C into a request to stop and keeps the process alive until the work has ended.
///
/// A command that can stop in good order calls [#guard]; for all others Ctrl-C ends the process at
/// once. [SegueCommand#run] closes this after its last message, and only then does the process go.
final class Interrupts implements AutoCloseable {
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "segue-interrupt");
  private boolean guarding;

  /// From now on Ctrl-C is a request.
  synchronized void guard() {
    if (!guarding) {
      Runtime.getRuntime().addShutdownHook(hook);
      guarding = true;
    }
  }

  /// Asks to stop, as Ctrl-C does.
  void request() {
    requested.countDown();
  }

  /// Returns whether stopping was asked for.
  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /// Waits until stopping is asked for.
  void await() throws InterruptedException {
    requested.await();
  }

  @Override
  public synchronized void close() {
    finished.countDown();
    if (guarding && !isRequested()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process began to end just now; the hook has run or runs, and the latch lets it go.
        request();
      }
    }
  }

  private void stopAndWait() {
    request();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
