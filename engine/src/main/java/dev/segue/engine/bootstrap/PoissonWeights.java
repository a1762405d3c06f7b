package dev.segue.engine.bootstrap;

import dev.segue.kernels.Philox;

/// How often each resample draws a session: independent Poisson(1) numbers that depend on the seed,
/// the session and the resample alone. So sessions may come in any order and from any thread, each
/// model sees the same resamples, and nothing about a session is kept.
///
/// Drawing n of n sessions with replacement takes each about Binomial(n, 1/n) times, which
/// Poisson(1) is the limit of; the sizes of the resamples vary by 1/√n, which means divide out.
///
/// Numerics: probabilities are multiples of 2⁻¹⁶; mean and variance differ from 1 by less than
/// 10⁻⁴.
///
/// Source: Chamandy, Muralidharan, Najmi and Naidu, "Estimating uncertainty for massive data
/// streams", Google technical report, 2012, section 3.
public final class PoissonWeights {
  private static final int VALUES = 1 << Short.SIZE;
  private static final int VALUES_PER_WORD = Long.SIZE / Short.SIZE;
  private static final byte[] INVERSE = inverse();
  private static final long PURPOSE = 0x626F6F74; // "boot"

  private final long key;
  private final int resamples;

  /// Makes the weights of a run.
  ///
  /// @param resamples how many weights a session has
  public PoissonWeights(long seed, int resamples) {
    this.key = Philox.derive(seed, PURPOSE);
    this.resamples = resamples;
  }

  /// Returns the number of weights of a session.
  public int resamples() {
    return resamples;
  }

  /// Writes the weights of a session into `out`, one for each resample.
  public void of(int session, long[] out) {
    Philox numbers = new Philox(key, session);
    long word = 0;
    for (int i = 0; i < resamples; i++) {
      word = i % VALUES_PER_WORD == 0 ? numbers.bits(i / VALUES_PER_WORD) : word >>> Short.SIZE;
      out[i] = INVERSE[(int) word & (VALUES - 1)];
    }
  }

  /// Returns the weight of each uniform number: the least w whose distribution function passes it.
  private static byte[] inverse() {
    byte[] inverse = new byte[VALUES];
    double probability = Math.exp(-1);
    double below = probability;
    byte weight = 0;
    for (int i = 0; i < VALUES; i++) {
      while ((i + 0.5) / VALUES > below) {
        weight++;
        probability /= weight;
        below += probability;
      }
      inverse[i] = weight;
    }
    return inverse;
  }
}
