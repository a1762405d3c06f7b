package dev.segue.engine.random;

/// SplitMix64, a generator with 64 bits of state. Not thread safe.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
/// figure 15 with the constants of its `mix64variant13`.
public final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /// Makes a generator whose numbers depend on a seed and on what they are for.
  ///
  /// @param seed the run's seed
  /// @param stream number of the use, such as an epoch or a parameter; streams are unrelated
  public SeededRandom(long seed, long stream) {
    this.state = mix(seed + GOLDEN_GAMMA) ^ mix(stream * GOLDEN_GAMMA + 1);
  }

  /// Returns 64 random bits.
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /// Returns a number from 0 to below 1 with 53 random bits.
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /// Returns an integer from 0 to below a bound, each equally likely but for a bias of less than
  /// bound / 2⁶⁴.
  public int nextInt(int bound) {
    return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
  }

  /// Returns a normal number with mean 0 and variance 1 (Box and Muller 1958, the cosine half).
  public double nextNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
  }

  /// Puts an array into random order (Fisher and Yates).
  public void shuffle(int[] array) {
    for (int i = array.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = array[i];
      array[i] = array[j];
      array[j] = swapped;
    }
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
