package dev.segue.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Closes a stream that has given nothing for too long, which wakes whoever reads from it.
///
/// `HttpRequest.timeout` is no help: it ends with the header of a reply on some releases of Java
/// and counts the whole body on others.
final class StallWatch implements AutoCloseable {
  private final InputStream stream;
  private final long limitNanos;
  private final Thread thread;
  private volatile long lastSignNanos = System.nanoTime();
  private volatile boolean fired;

  StallWatch(InputStream stream, Duration limit) {
    this.stream = stream;
    this.limitNanos = limit.toNanos();
    this.thread = Thread.ofVirtual().name("segue-stall-watch").start(this::watch);
  }

  /// Says that the stream is alive.
  void tick() {
    lastSignNanos = System.nanoTime();
  }

  /// Returns whether the stream was closed for being silent.
  boolean hasFired() {
    return fired;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      for (long left = limitNanos;
          left > 0;
          left = lastSignNanos + limitNanos - System.nanoTime()) {
        Thread.sleep(Duration.ofNanos(left));
      }
      fired = true;
      stream.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The reader meets the same error and reports it.
      fired = true;
    }
  }
}
