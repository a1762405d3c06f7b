package dev.segue.engine.network;

import dev.segue.kernels.Philox;

/// Leaves out the ids' own vectors of some items in a step, so that their content has to stand for
/// them: what it must do for items that training never sees. Source: Volkovs, Yu and Poutanen,
/// "DropoutNet: addressing cold start in recommender systems", NIPS 2017.
///
/// @param probability of leaving an item's own vector out of a step, 0 to below 1
/// @param seed of the run
public record IdDropout(double probability, long seed) {
  private static final long PURPOSE = 0x1D_D0_07L;

  /// Returns what leaves nothing out.
  public static IdDropout none() {
    return new IdDropout(0, 0);
  }

  /// Returns whether an item's own vector is left out of a step; the step and the item alone
  /// decide.
  boolean drops(long step, int item) {
    if (probability == 0) {
      return false;
    }
    long bits = new Philox(Philox.derive(seed, PURPOSE), step).bits(item);
    return (bits >>> 11) * 0x1p-53 < probability;
  }
}
