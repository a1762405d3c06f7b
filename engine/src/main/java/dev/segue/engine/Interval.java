package dev.segue.engine;

import dev.segue.engine.bootstrap.ReplicateSums;
import java.util.Arrays;

/// A figure with its 95 % confidence interval: the 2.5th and the 97.5th percentile of the figure
/// over resamples of the sessions (Efron and Tibshirani, "An introduction to the bootstrap", 1993,
/// chapter 13).
///
/// @param value the figure itself
/// @param low lower end
/// @param high upper end
public record Interval(double value, double low, double high) {
  static final double LEVEL = 0.95;

  private static final double TAIL = (1 - LEVEL) / 2;

  static Interval of(double value, double[] resampled) {
    if (resampled.length == 0) {
      return new Interval(value, value, value);
    }
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    return new Interval(
        value, ReplicateSums.quantile(sorted, TAIL), ReplicateSums.quantile(sorted, 1 - TAIL));
  }

  /// Returns whether 0 is outside: of a difference, whether it is more than chance.
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
