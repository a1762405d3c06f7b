package dev.segue.engine.sequences;

/// How much a target counts in the loss by the time d that was spent on it:
///
/// ```
/// c = g(d)^p / mean of g^p over all targets
/// g(d) = ln(1 + d / 1 s) / ln(1 + 30), at least 0.1 and at most 2; 1 where d is not known
/// ```
///
/// So 30 seconds count as much as a time that is not known, and a loss stays as great on average as
/// without weights. Source of the idea: Bogina and Kuflik, "Incorporating dwell time in
/// session-based recommendations with recurrent neural networks", RecTemp 2017, who train on an
/// item the more often the longer it was looked at.
///
/// @param exponent p, at least 0; with 0 all targets count the same
/// @param mean of `g^p`
public record DwellWeights(double exponent, double mean) {
  private static final double FULL_DWELL_SECONDS = 30;
  private static final double LEAST = 0.1;
  private static final double GREATEST = 2;
  private static final double MILLIS = 1000;

  /// Returns weights that are all 1.
  public static DwellWeights none() {
    return new DwellWeights(0, 1);
  }

  /// Returns whether all targets count the same.
  boolean areNone() {
    return exponent == 0;
  }

  /// Returns g, how much a dwell time counts.
  ///
  /// @param dwellMillis milliseconds, negative where not known
  public static double of(long dwellMillis) {
    if (dwellMillis < 0) {
      return 1;
    }
    double weight = Math.log1p(dwellMillis / MILLIS) / Math.log1p(FULL_DWELL_SECONDS);
    return Math.clamp(weight, LEAST, GREATEST);
  }

  /// Returns c, the weight of a target's loss.
  float ofTarget(long dwellMillis) {
    return (float) (Math.pow(of(dwellMillis), exponent) / mean);
  }
}
