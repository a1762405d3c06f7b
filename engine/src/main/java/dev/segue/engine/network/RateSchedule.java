package dev.segue.engine.network;

/// How the learning rate changes over a run: a linear rise over the first steps, then a constant
/// rate or a decay to almost zero at the last step. Step t of T, of which W warm up, has the factor
///
/// ```
/// t ≤ W:     t / W
/// constant:  1        linear:  1 − p        cosine:  (1 + cos π p) / 2        p = (t − W − 1) / (T − W)
/// ```
///
/// @param shape after the warm-up
/// @param warmUp W
/// @param steps T, of all epochs that may be trained; a run that stops early ends before
public record RateSchedule(Shape shape, long warmUp, long steps) {
  /// What follows the warm-up.
  public enum Shape {
    /// The same rate to the end.
    CONSTANT,
    /// A straight line down.
    LINEAR,
    /// Half a cosine down.
    COSINE
  }

  /// Returns the factor of a step, above 0 and at most 1.
  ///
  /// @param step t, from 1; steps after T have the factor of T
  public double factor(long step) {
    if (step <= warmUp) {
      return (double) step / warmUp;
    }
    double done = (double) (Math.min(step, steps) - warmUp - 1) / Math.max(1, steps - warmUp);
    return switch (shape) {
      case CONSTANT -> 1;
      case LINEAR -> 1 - done;
      case COSINE -> (1 + StrictMath.cos(StrictMath.PI * done)) / 2;
    };
  }
}
