package dev.segue.kernels;

import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums of products of a [QuantisedQuery] with the codes of a [QuantisedIndex], in lanes of 16
/// bits.
///
/// Codes are not taken out of their lane. Four codes `n_0..n_3` of 4 bits lie in a lane x, and
/// modulo 2¹⁶
///
/// ```
/// Σ_i m_i n_i = Σ_i (m_i − 16 m_{i−1}) ⌊x / 2^{4i}⌋      m_{−1} = 0
/// ```
///
/// since `n_i = ⌊x / 2^{4i}⌋ − 16 ⌊x / 2^{4(i+1)}⌋`: the query holds the factors in parentheses,
/// and a product, a sum and three quarters of a shift make one multiply-add. What overflows comes
/// back, because the whole sum fits: see [QuantisedSearch]. [QuantisedFineBounds] takes codes of 2
/// bits the same way.
final class QuantisedDots {
  /// Panels that one query takes at a time: each is a stream of its own for the processor, which
  /// reads ahead in all of them.
  static final int PANELS = 2;

  /// Queries that take a panel together: they share loads and shifts.
  static final int ROWS = 4;

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, Lanes.SPECIES.vectorShape());
  private static final int LANES = SHORTS.length();
  private static final int PANEL = QuantisedIndex.PANEL;

  /// Lanes of a page of memory.
  private static final int PAGE = 4096 / Short.BYTES;

  private QuantisedDots() {}

  /// Reads one lane of every page of an array's next part. The processor reads ahead within a page
  /// and hardly further; so this goes before the sums of the part in front of it.
  ///
  /// @return their sum, for which the compiler keeps the loads
  static short touchPages(short[] packed, int from, int lanes) {
    int sum = 0;
    for (int at = from; at < Math.min(packed.length, from + lanes); at += PAGE) {
      sum += packed[at];
    }
    return (short) sum;
  }

  /// Computes T of one query and two neighbouring panels.
  ///
  /// @param packed the first panel at `at`
  /// @param quads fours of elements in a row
  /// @param sums receives T of 128 items at `to`
  static void twoPanels(
      short[] packed, int at, int quads, QuantisedQuery query, short[] sums, int to) {
    for (int lane = 0; lane < PANEL; lane += 2 * LANES) {
      twoPanels(packed, at + lane, quads, query.coarse(), query.coarseStart(), sums, to + lane);
    }
  }

  private static void twoPanels(
      short[] packed, int at, int quads, int[] numbers, short start, short[] sums, int to) {
    int stride = quads * PANEL;
    ShortVector x0 = ShortVector.broadcast(SHORTS, start);
    ShortVector y0 = x0;
    ShortVector x1 = x0;
    ShortVector y1 = x0;
    int from = at;
    for (int p = 0; p < 4 * quads; p += 4, from += PANEL) {
      ShortVector a0 = ShortVector.fromArray(SHORTS, packed, from);
      ShortVector b0 = ShortVector.fromArray(SHORTS, packed, from + LANES);
      ShortVector a1 = ShortVector.fromArray(SHORTS, packed, from + stride);
      ShortVector b1 = ShortVector.fromArray(SHORTS, packed, from + stride + LANES);
      ShortVector q = IntVector.broadcast(INTS, numbers[p]).reinterpretAsShorts();
      x0 = x0.add(a0.mul(q));
      y0 = y0.add(b0.mul(q));
      x1 = x1.add(a1.mul(q));
      y1 = y1.add(b1.mul(q));
      q = IntVector.broadcast(INTS, numbers[p + 1]).reinterpretAsShorts();
      x0 = x0.add(a0.lanewise(LSHR, 4).mul(q));
      y0 = y0.add(b0.lanewise(LSHR, 4).mul(q));
      x1 = x1.add(a1.lanewise(LSHR, 4).mul(q));
      y1 = y1.add(b1.lanewise(LSHR, 4).mul(q));
      q = IntVector.broadcast(INTS, numbers[p + 2]).reinterpretAsShorts();
      x0 = x0.add(a0.lanewise(LSHR, 8).mul(q));
      y0 = y0.add(b0.lanewise(LSHR, 8).mul(q));
      x1 = x1.add(a1.lanewise(LSHR, 8).mul(q));
      y1 = y1.add(b1.lanewise(LSHR, 8).mul(q));
      q = IntVector.broadcast(INTS, numbers[p + 3]).reinterpretAsShorts();
      x0 = x0.add(a0.lanewise(LSHR, 12).mul(q));
      y0 = y0.add(b0.lanewise(LSHR, 12).mul(q));
      x1 = x1.add(a1.lanewise(LSHR, 12).mul(q));
      y1 = y1.add(b1.lanewise(LSHR, 12).mul(q));
    }
    x0.intoArray(sums, to);
    y0.intoArray(sums, to + LANES);
    x1.intoArray(sums, to + PANEL);
    y1.intoArray(sums, to + PANEL + LANES);
  }

  /// Computes T of four queries and the 64 items of a panel.
  ///
  /// @param queries at least four from `first` on
  /// @param sums receives T of the 64 items for each query
  static void fourQueries(
      short[] packed, int at, int quads, QuantisedQuery[] queries, int first, short[] sums) {
    for (int lane = 0; lane < PANEL; lane += 2 * LANES) {
      fourQueries(
          packed,
          at + lane,
          quads,
          queries[first],
          queries[first + 1],
          queries[first + 2],
          queries[first + 3],
          sums,
          lane);
    }
  }

  private static void fourQueries(
      short[] packed,
      int at,
      int quads,
      QuantisedQuery query0,
      QuantisedQuery query1,
      QuantisedQuery query2,
      QuantisedQuery query3,
      short[] sums,
      int to) {
    int[] numbers0 = query0.coarse();
    int[] numbers1 = query1.coarse();
    int[] numbers2 = query2.coarse();
    int[] numbers3 = query3.coarse();
    ShortVector x0 = ShortVector.broadcast(SHORTS, query0.coarseStart());
    ShortVector y0 = x0;
    ShortVector x1 = ShortVector.broadcast(SHORTS, query1.coarseStart());
    ShortVector y1 = x1;
    ShortVector x2 = ShortVector.broadcast(SHORTS, query2.coarseStart());
    ShortVector y2 = x2;
    ShortVector x3 = ShortVector.broadcast(SHORTS, query3.coarseStart());
    ShortVector y3 = x3;
    int from = at;
    for (int p = 0; p < 4 * quads; p += 4, from += PANEL) {
      ShortVector a = ShortVector.fromArray(SHORTS, packed, from);
      ShortVector b = ShortVector.fromArray(SHORTS, packed, from + LANES);
      ShortVector q = IntVector.broadcast(INTS, numbers0[p]).reinterpretAsShorts();
      x0 = x0.add(a.mul(q));
      y0 = y0.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers1[p]).reinterpretAsShorts();
      x1 = x1.add(a.mul(q));
      y1 = y1.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers2[p]).reinterpretAsShorts();
      x2 = x2.add(a.mul(q));
      y2 = y2.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers3[p]).reinterpretAsShorts();
      x3 = x3.add(a.mul(q));
      y3 = y3.add(b.mul(q));
      a = a.lanewise(LSHR, 4);
      b = b.lanewise(LSHR, 4);
      q = IntVector.broadcast(INTS, numbers0[p + 1]).reinterpretAsShorts();
      x0 = x0.add(a.mul(q));
      y0 = y0.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers1[p + 1]).reinterpretAsShorts();
      x1 = x1.add(a.mul(q));
      y1 = y1.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers2[p + 1]).reinterpretAsShorts();
      x2 = x2.add(a.mul(q));
      y2 = y2.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers3[p + 1]).reinterpretAsShorts();
      x3 = x3.add(a.mul(q));
      y3 = y3.add(b.mul(q));
      a = a.lanewise(LSHR, 4);
      b = b.lanewise(LSHR, 4);
      q = IntVector.broadcast(INTS, numbers0[p + 2]).reinterpretAsShorts();
      x0 = x0.add(a.mul(q));
      y0 = y0.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers1[p + 2]).reinterpretAsShorts();
      x1 = x1.add(a.mul(q));
      y1 = y1.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers2[p + 2]).reinterpretAsShorts();
      x2 = x2.add(a.mul(q));
      y2 = y2.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers3[p + 2]).reinterpretAsShorts();
      x3 = x3.add(a.mul(q));
      y3 = y3.add(b.mul(q));
      a = a.lanewise(LSHR, 4);
      b = b.lanewise(LSHR, 4);
      q = IntVector.broadcast(INTS, numbers0[p + 3]).reinterpretAsShorts();
      x0 = x0.add(a.mul(q));
      y0 = y0.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers1[p + 3]).reinterpretAsShorts();
      x1 = x1.add(a.mul(q));
      y1 = y1.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers2[p + 3]).reinterpretAsShorts();
      x2 = x2.add(a.mul(q));
      y2 = y2.add(b.mul(q));
      q = IntVector.broadcast(INTS, numbers3[p + 3]).reinterpretAsShorts();
      x3 = x3.add(a.mul(q));
      y3 = y3.add(b.mul(q));
    }
    x0.intoArray(sums, to);
    y0.intoArray(sums, to + LANES);
    x1.intoArray(sums, to + PANEL);
    y1.intoArray(sums, to + PANEL + LANES);
    x2.intoArray(sums, to + 2 * PANEL);
    y2.intoArray(sums, to + 2 * PANEL + LANES);
    x3.intoArray(sums, to + 3 * PANEL);
    y3.intoArray(sums, to + 3 * PANEL + LANES);
  }
}
