package dev.segue.server.bench;

import java.util.Arrays;

/// How long one task took, run after run.
///
/// @param task what was run
/// @param nanos of every run, ascending, at least one
public record BenchResult(BenchTask task, long[] nanos) {
  /// Sorts the times.
  public BenchResult {
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  /// Returns the time that half of the runs kept to.
  public double medianMicros() {
    return micros(0.5);
  }

  /// Returns the time that a share of the runs kept to.
  ///
  /// @param share above 0, at most 1
  public double micros(double share) {
    return nanos[(int) Math.ceil(share * nanos.length) - 1] / 1e3;
  }

  /// Returns the work of a second at the median time, in the task's unit.
  public double rate() {
    return task.work() / (medianMicros() / 1e6);
  }
}
