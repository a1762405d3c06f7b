package dev.segue.engine;

/// How confidence intervals are found: each resample draws as many sessions as there are, with
/// replacement, by Poisson weights that are the same for every model.
///
/// @param resamples how many, 0 for no intervals
/// @param seed of the draws
public record Resampling(int resamples, long seed) {
  static final Resampling NONE = new Resampling(0, 0);

  /// Checks the number.
  public Resampling {
    if (resamples < 0) {
      throw new IllegalArgumentException(
          "evaluate: resamples, expected 0 or more, got " + resamples);
    }
  }
}
