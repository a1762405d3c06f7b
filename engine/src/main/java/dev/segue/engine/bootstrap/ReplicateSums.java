package dev.segue.engine.bootstrap;

import java.util.Arrays;

/// Weighted sums over sessions of some gains and of the number of targets, for each resample:
///
/// ```
/// mean_b(g) = Σ_s w_sb · g_s / Σ_s w_sb · n_s
/// ```
///
/// Gains are whole multiples of 2⁻³², so that the sums do not depend on the order in which sessions
/// come; they hold for fewer than 2³¹ targets with gains of at most 1. Not thread safe.
///
/// Memory: 8 · (gains + 1) · resamples bytes, whatever the number of sessions.
public final class ReplicateSums {
  /// The value that stands for a gain of 1.
  public static final double UNIT = 0x1p32;

  private final long[] targets;
  private final long[][] gains;

  /// Makes empty sums.
  ///
  /// @param gains how many gains a session has
  public ReplicateSums(int resamples, int gains) {
    targets = new long[resamples];
    this.gains = new long[gains][resamples];
  }

  /// Adds a session.
  ///
  /// @param weights of the session by resample
  /// @param sessionTargets n_s
  /// @param sessionGains g_s, in units of 2⁻³²
  public void add(long[] weights, long sessionTargets, long[] sessionGains) {
    multiplyAdd(sessionTargets, weights, targets);
    for (int gain = 0; gain < gains.length; gain++) {
      if (sessionGains[gain] != 0) {
        multiplyAdd(sessionGains[gain], weights, gains[gain]);
      }
    }
  }

  /// Adds what another thread has summed.
  public void add(ReplicateSums other) {
    multiplyAdd(1, other.targets, targets);
    for (int gain = 0; gain < gains.length; gain++) {
      multiplyAdd(1, other.gains[gain], gains[gain]);
    }
  }

  private static void multiplyAdd(long factor, long[] from, long[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  /// Returns the mean of a gain in each resample; resamples without targets are left out.
  public double[] means(int gain) {
    double[] means = new double[targets.length];
    int size = 0;
    for (int b = 0; b < means.length; b++) {
      if (targets[b] > 0) {
        means[size++] = gains[gain][b] / UNIT / targets[b];
      }
    }
    return Arrays.copyOf(means, size);
  }

  /// Returns by resample how much the mean of a gain is above that of other sums over the same
  /// sessions.
  public double[] differences(ReplicateSums other, int gain) {
    double[] differences = means(gain);
    double[] others = other.means(gain);
    if (differences.length != others.length) {
      throw new IllegalArgumentException(
          "bootstrap: sums over different targets, expected %d resamples with targets, got %d"
              .formatted(differences.length, others.length));
    }
    for (int b = 0; b < differences.length; b++) {
      differences[b] -= others[b];
    }
    return differences;
  }

  /// Returns a quantile of some numbers by linear interpolation between the two that are nearest.
  ///
  /// @param sorted ascending, at least one
  /// @param share 0 to 1
  public static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
