package dev.segue.kernels;

import java.util.Locale;
import java.util.function.Consumer;

/// Notices a kernel whose vectors the compiler did not keep in registers, and says so once.
///
/// The compiler decides anew in every run of a program, and a kernel with a box for every vector is
/// about a hundred times slower. Nothing is timed beforehand: real work is watched, which costs no
/// start-up. A kernel has settled as soon as one run of it is fast. It is reported when it has
/// worked for [#PATIENCE_NANOS] and no run was: by then it is compiled, also on a busy machine, and
/// the best of all runs is not slow because something else ran.
///
/// There is one watch for each kernel in a JVM, as there is one compiled kernel.
final class KernelWatch {
  /// How long a kernel may work, over all threads, before its best run must have been fast.
  static final long PATIENCE_NANOS = 15_000_000_000L;

  /// Vectors of multiply-adds per nanosecond that every kernel passes when it is compiled well: a
  /// tenth of what was measured for the slowest, and ten times what a boxed one does.
  static final double LEAST_RATE = 0.25;

  /// Shorter runs are not looked at, reading the clock would weigh on them.
  static final long LEAST_WORK = 1 << 20;

  private final String kernel;
  private final int lanes;
  private final Consumer<String> report;
  private double bestRate;
  private long nanos;
  private volatile boolean settled;

  /// Makes a watch.
  ///
  /// @param kernel its name in the report
  /// @param lanes multiply-adds of one vector
  /// @param report receives one line if the kernel is slow
  KernelWatch(String kernel, int lanes, Consumer<String> report) {
    this.kernel = kernel;
    this.lanes = lanes;
    this.report = report;
  }

  /// Returns whether a run of so many multiply-adds is worth looking at.
  boolean wants(long multiplyAdds) {
    return !settled && multiplyAdds >= LEAST_WORK;
  }

  /// Takes note of a run.
  ///
  /// @param multiplyAdds what it did
  /// @param runNanos how long it took
  synchronized void ran(long multiplyAdds, long runNanos) {
    if (settled) {
      return;
    }
    nanos += runNanos;
    bestRate = Math.max(bestRate, (double) multiplyAdds / lanes / Math.max(1, runNanos));
    if (bestRate >= LEAST_RATE) {
      settled = true;
    } else if (nanos >= PATIENCE_NANOS) {
      settled = true;
      report.accept(
          String.format(
              Locale.ROOT,
              "backend: the compiler did not keep the vectors of the kernel %s in registers,"
                  + " it reaches %.2f GFLOP/s per thread, expected more than %.0f;"
                  + " restart the program, or add -XX:-TieredCompilation to its JVM options",
              kernel,
              2 * lanes * bestRate,
              2 * lanes * LEAST_RATE));
    }
  }

  /// Returns how long the kernel has worked under this watch, in nanoseconds.
  synchronized long watchedNanos() {
    return nanos;
  }
}
