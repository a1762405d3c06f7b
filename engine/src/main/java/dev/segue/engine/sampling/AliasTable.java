package dev.segue.engine.sampling;

/// A discrete distribution over 0 to n − 1 that is drawn from in constant time: one place of n is
/// chosen, which keeps its own number with some probability and gives its alias's otherwise.
///
/// Sources: Walker, "An efficient method for generating discrete random variables with general
/// distributions", ACM TOMS 1977; Vose, "A linear algorithm for generating random numbers with a
/// given distribution", IEEE TSE 1991.
public final class AliasTable {
  /// 2⁶³: fractions are kept as whole numbers of 2⁻⁶³.
  private static final double ONE = 0x1p63;

  private final double[] probabilities;
  private final long[] kept;
  private final int[] aliases;

  /// Makes the distribution whose probabilities are in proportion to weights.
  ///
  /// @param weights finite, not negative, one of them positive
  public AliasTable(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "alias table: weight, expected a finite number from 0, got " + weight);
      }
      sum += weight;
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      throw new IllegalArgumentException(
          "alias table: sum of weights, expected a finite number above 0, got " + sum);
    }
    int count = weights.length;
    probabilities = new double[count];
    kept = new long[count];
    aliases = new int[count];
    double[] rest = new double[count];
    for (int i = 0; i < count; i++) {
      probabilities[i] = weights[i] / sum;
      rest[i] = probabilities[i] * count;
    }
    fill(rest);
  }

  /// Pairs places with less than their share with places that have more.
  private void fill(double[] rest) {
    int[] poor = new int[rest.length];
    int[] rich = new int[rest.length];
    int poorCount = 0;
    int richCount = 0;
    for (int i = 0; i < rest.length; i++) {
      if (rest[i] < 1) {
        poor[poorCount++] = i;
      } else {
        rich[richCount++] = i;
      }
    }
    while (poorCount > 0 && richCount > 0) {
      int low = poor[--poorCount];
      int high = rich[richCount - 1];
      kept[low] = (long) (rest[low] * ONE);
      aliases[low] = high;
      rest[high] -= 1 - rest[low];
      if (rest[high] < 1) {
        richCount--;
        poor[poorCount++] = high;
      }
    }
    // What is left has its whole share but for rounding.
    while (richCount > 0) {
      keepAll(rich[--richCount]);
    }
    while (poorCount > 0) {
      keepAll(poor[--poorCount]);
    }
  }

  private void keepAll(int place) {
    kept[place] = Long.MAX_VALUE;
    aliases[place] = place;
  }

  /// Returns the number that 64 random bits stand for.
  public int draw(long bits) {
    int place = (int) Math.unsignedMultiplyHigh(bits, probabilities.length);
    long fraction = (bits * probabilities.length) >>> 1;
    return fraction < kept[place] ? place : aliases[place];
  }

  /// Returns the probability of a number.
  public double probability(int number) {
    return probabilities[number];
  }
}
