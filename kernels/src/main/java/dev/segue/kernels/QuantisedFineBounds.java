package dev.segue.kernels;

import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Tightens upper bounds of scores by the fine codes of a [QuantisedIndex]:
///
/// ```
/// Ũ_j = U_j + δ_j (θ T′_j / 4 + c′) + a V_j        formulas: QuantisedSearch
/// ```
///
/// Eight codes lie in a lane, and are summed as [QuantisedDots] sums them, with a factor of 4.
///
/// The rows of candidates lie here and there. They are touched first, many of them by a loop that
/// does nothing else, so that the memory answers to as many loads at once as the processor can
/// keep: 10 ns for a row, and 40 where each was used at once.
final class QuantisedFineBounds {
  private static final int BATCH = 256;

  private static final VectorSpecies<Short> SPECIES =
      VectorSpecies.of(
          short.class,
          VectorShape.forBitSize(
              Math.min(Lanes.SPECIES.vectorBitSize(), Short.SIZE * QuantisedIndex.FINE_GRAIN)));

  private static final int LANES = SPECIES.length();

  /// Lanes of a cache line.
  private static final int LINE = 32;

  private final QuantisedIndex index;
  private final int length;
  private final int[] places = new int[BATCH];
  private final short[] lanes = new short[BATCH * LANES];
  private final float[] factors = new float[2 * BATCH];

  /// Makes scratch for one thread.
  QuantisedFineBounds(QuantisedIndex index) {
    this.index = index;
    length = index.fineLength();
  }

  /// Replaces U by Ũ.
  ///
  /// @param items their numbers in order
  void tighten(int[] items, float[] bounds, int count, QuantisedQuery query) {
    for (int from = 0; from < count; ) {
      int here = oneArray(items, from, count);
      short[] packed = index.fine(index.fineBlock(items[from]));
      lanes[0] = touch(packed, places, here, length);
      copyFactors(index.fineFactors(), items, from, here, factors);
      products(packed, places, here, length, query.fine(), lanes);
      bound(bounds, from, here, query);
      from += here;
    }
  }

  /// Returns how many of the next items have their codes in one array, and finds their places.
  private int oneArray(int[] items, int from, int count) {
    int block = index.fineBlock(items[from]);
    int here = 0;
    while (here < Math.min(BATCH, count - from) && index.fineBlock(items[from + here]) == block) {
      places[here] = index.fineAt(items[from + here]);
      here++;
    }
    return here;
  }

  /// Brings rows into the first cache and returns their sum, for which the compiler keeps the
  /// loads.
  private static short touch(short[] packed, int[] places, int count, int length) {
    int sum = 0;
    for (int lane = 0; lane < length; lane += LINE) {
      for (int i = 0; i < count; i++) {
        sum += packed[places[i] + lane];
      }
    }
    return (short) sum;
  }

  private static void copyFactors(float[] all, int[] items, int from, int count, float[] factors) {
    for (int i = 0; i < count; i++) {
      factors[2 * i] = all[2 * items[from + i]];
      factors[2 * i + 1] = all[2 * items[from + i] + 1];
    }
  }

  private void bound(float[] bounds, int from, int count, QuantisedQuery query) {
    float scale = query.scale() / 4;
    float slack = query.fineSlack();
    float a = query.length();
    short start = query.fineStart();
    for (int i = 0; i < count; i++) {
      short sum = (short) (sum(i * LANES) + start);
      float shift = Math.fma(scale, sum, slack);
      float bound = Math.fma(factors[2 * i], shift, bounds[from + i]);
      bounds[from + i] = Math.fma(factors[2 * i + 1], a, bound);
    }
  }

  private static void products(
      short[] packed, int[] places, int count, int length, short[] numbers, short[] lanes) {
    for (int i = 0; i < count; i++) {
      ShortVector x = ShortVector.zero(SPECIES);
      ShortVector y = x;
      for (int lane = 0; lane < length; lane += LANES) {
        ShortVector a = ShortVector.fromArray(SPECIES, packed, places[i] + lane);
        int p = lane;
        x = x.add(a.mul(ShortVector.fromArray(SPECIES, numbers, p)));
        p += length;
        y = y.add(a.lanewise(LSHR, 2).mul(ShortVector.fromArray(SPECIES, numbers, p)));
        p += length;
        x = x.add(a.lanewise(LSHR, 4).mul(ShortVector.fromArray(SPECIES, numbers, p)));
        p += length;
        y = y.add(a.lanewise(LSHR, 6).mul(ShortVector.fromArray(SPECIES, numbers, p)));
        p += length;
        x = x.add(a.lanewise(LSHR, 8).mul(ShortVector.fromArray(SPECIES, numbers, p)));
        p += length;
        y = y.add(a.lanewise(LSHR, 10).mul(ShortVector.fromArray(SPECIES, numbers, p)));
        p += length;
        x = x.add(a.lanewise(LSHR, 12).mul(ShortVector.fromArray(SPECIES, numbers, p)));
        p += length;
        y = y.add(a.lanewise(LSHR, 14).mul(ShortVector.fromArray(SPECIES, numbers, p)));
      }
      x.add(y).intoArray(lanes, i * LANES);
    }
  }

  private int sum(int from) {
    int even = 0;
    int odd = 0;
    for (int i = from; i < from + LANES; i += 4) {
      even += lanes[i] + lanes[i + 1];
      odd += lanes[i + 2] + lanes[i + 3];
    }
    return even + odd;
  }
}
