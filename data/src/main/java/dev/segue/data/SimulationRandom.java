package dev.segue.data;

/// Random numbers that are the same on every machine and in every release: SplitMix64 (Steele, Lea,
/// Flood: Fast splittable pseudorandom number generators, OOPSLA 2014) with functions of
/// `StrictMath` alone.
final class SimulationRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SimulationRandom(long seed) {
    state = seed;
  }

  /// Returns the generator of one part of a simulation, so that each part draws on its own.
  static SimulationRandom of(long seed, long part) {
    return new SimulationRandom(mix(seed + GOLDEN_GAMMA * (part + 1)));
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /// Returns 0 to bound − 1.
  int nextInt(int bound) {
    return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
  }

  /// Returns a number from 0 to below 1.
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  boolean nextChance(double probability) {
    return nextDouble() < probability;
  }

  /// Returns a normal deviate, by Box and Muller's method.
  double nextNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
  }

  /// Returns an index, each with a probability in proportion to its weight.
  int nextIndex(double[] weights, int count) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
    double left = nextDouble() * total;
    for (int i = 0; i < count - 1; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return count - 1;
  }

  /// Returns an index into running sums of weights.
  int nextIndexOfSums(double[] sums) {
    double sought = nextDouble() * sums[sums.length - 1];
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > sought) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
