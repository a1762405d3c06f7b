package dev.segue.kernels;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Sums of products of [QuantisedQuery] with the panels of a [QuantisedIndex], in lanes of 16 bits:
///
/// ```
/// T_j = start + Σ_g ⌊(A m_0 + B m_1 + C m_2 + D m_3) / 2^σ⌋   modulo 2¹⁶
/// ```
///
/// over the fours g of elements, with A, B, C the three bytes of item j and D their last two bits
/// each. The query's step is such that a sum of four products fits in 16 bits, and its σ such that
/// T does; what lies between may overflow, since sums modulo 2¹⁶ come back.
///
/// Two vectors of items share each broadcast of the query, which costs as much as a product. Four
/// queries share the bytes' way into lanes. The Vector API has no sum of products of neighbours; in
/// this form a product, three quarters of a sum and half a shift make one multiply-add.
final class QuantisedDots {
  /// The most queries at a time.
  static final int ROWS = 4;

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, Lanes.SPECIES.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, Lanes.SPECIES.vectorShape());
  private static final int LANES = SHORTS.length();
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Byte.SIZE * LANES));
  private static final int PANEL = QuantisedIndex.PANEL;
  private static final int QUAD = 3 * PANEL;

  private QuantisedDots() {}

  /// Computes T of one query and the 64 items of a panel.
  ///
  /// @param packed the panel at `at`
  /// @param quads fours of elements in a row
  /// @param sums receives T at `to`
  static void one(byte[] packed, int at, int quads, QuantisedQuery query, short[] sums, int to) {
    int[] numbers = query.numbers();
    int shift = query.shift();
    short start = query.start();
    for (int lane = 0; lane < PANEL; lane += 2 * LANES) {
      one(packed, at + lane, quads, numbers, shift, start, sums, to + lane);
    }
  }

  private static void one(
      byte[] packed,
      int at,
      int quads,
      int[] numbers,
      int shift,
      short start,
      short[] sums,
      int to) {
    ShortVector x = ShortVector.broadcast(SHORTS, start);
    ShortVector y = x;
    int from = at;
    int p = 0;
    for (int quad = 0; quad < quads; quad++, p += 4, from += QUAD) {
      ShortVector q = IntVector.broadcast(INTS, numbers[p]).reinterpretAsShorts();
      ShortVector a0 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 0 * PANEL).convertShape(B2S, SHORTS, 0);
      ShortVector a1 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 0 * PANEL + LANES)
                  .convertShape(B2S, SHORTS, 0);
      ShortVector s = a0.mul(q);
      ShortVector t = a1.mul(q);
      q = IntVector.broadcast(INTS, numbers[p + 1]).reinterpretAsShorts();
      ShortVector b0 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 1 * PANEL).convertShape(B2S, SHORTS, 0);
      ShortVector b1 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 1 * PANEL + LANES)
                  .convertShape(B2S, SHORTS, 0);
      s = s.add(b0.mul(q));
      t = t.add(b1.mul(q));
      q = IntVector.broadcast(INTS, numbers[p + 2]).reinterpretAsShorts();
      ShortVector c0 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 2 * PANEL).convertShape(B2S, SHORTS, 0);
      ShortVector c1 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 2 * PANEL + LANES)
                  .convertShape(B2S, SHORTS, 0);
      s = s.add(c0.mul(q));
      t = t.add(c1.mul(q));
      q = IntVector.broadcast(INTS, numbers[p + 3]).reinterpretAsShorts();
      ShortVector d0 =
          a0.and((short) 3)
              .or(b0.lanewise(LSHL, 2).and((short) 12))
              .or(c0.lanewise(LSHL, 4).and((short) 48));
      ShortVector d1 =
          a1.and((short) 3)
              .or(b1.lanewise(LSHL, 2).and((short) 12))
              .or(c1.lanewise(LSHL, 4).and((short) 48));
      x = x.add(s.add(d0.mul(q)).lanewise(ASHR, shift));
      y = y.add(t.add(d1.mul(q)).lanewise(ASHR, shift));
    }
    x.intoArray(sums, to);
    y.intoArray(sums, to + LANES);
  }

  /// Computes T of four queries and the 64 items of a panel, [QuantisedIndex#PANEL] apart.
  ///
  /// @param queries at least four from `first` on
  static void four(
      byte[] packed, int at, int quads, QuantisedQuery[] queries, int first, short[] sums) {
    for (int lane = 0; lane < PANEL; lane += 2 * LANES) {
      four(
          packed,
          at + lane,
          quads,
          queries[first],
          queries[first + 1],
          queries[first + 2],
          queries[first + 3],
          sums,
          first * PANEL + lane);
    }
  }

  private static void four(
      byte[] packed,
      int at,
      int quads,
      QuantisedQuery query0,
      QuantisedQuery query1,
      QuantisedQuery query2,
      QuantisedQuery query3,
      short[] sums,
      int to) {
    int[] numbers0 = query0.numbers();
    int shift0 = query0.shift();
    short start0 = query0.start();
    int[] numbers1 = query1.numbers();
    int shift1 = query1.shift();
    short start1 = query1.start();
    int[] numbers2 = query2.numbers();
    int shift2 = query2.shift();
    short start2 = query2.start();
    int[] numbers3 = query3.numbers();
    int shift3 = query3.shift();
    short start3 = query3.start();
    int from = at;
    ShortVector x0 = ShortVector.broadcast(SHORTS, start0);
    ShortVector y0 = x0;
    ShortVector x1 = ShortVector.broadcast(SHORTS, start1);
    ShortVector y1 = x1;
    ShortVector x2 = ShortVector.broadcast(SHORTS, start2);
    ShortVector y2 = x2;
    ShortVector x3 = ShortVector.broadcast(SHORTS, start3);
    ShortVector y3 = x3;
    int p = 0;
    for (int quad = 0; quad < quads; quad++, p += 4, from += QUAD) {
      ShortVector a0 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 0 * PANEL).convertShape(B2S, SHORTS, 0);
      ShortVector a1 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 0 * PANEL + LANES)
                  .convertShape(B2S, SHORTS, 0);
      ShortVector b0 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 1 * PANEL).convertShape(B2S, SHORTS, 0);
      ShortVector b1 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 1 * PANEL + LANES)
                  .convertShape(B2S, SHORTS, 0);
      ShortVector c0 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 2 * PANEL).convertShape(B2S, SHORTS, 0);
      ShortVector c1 =
          (ShortVector)
              ByteVector.fromArray(BYTES, packed, from + 2 * PANEL + LANES)
                  .convertShape(B2S, SHORTS, 0);
      ShortVector d0 =
          a0.and((short) 3)
              .or(b0.lanewise(LSHL, 2).and((short) 12))
              .or(c0.lanewise(LSHL, 4).and((short) 48));
      ShortVector d1 =
          a1.and((short) 3)
              .or(b1.lanewise(LSHL, 2).and((short) 12))
              .or(c1.lanewise(LSHL, 4).and((short) 48));
      ShortVector q = IntVector.broadcast(INTS, numbers0[p + 0]).reinterpretAsShorts();
      ShortVector s = a0.mul(q);
      ShortVector t = a1.mul(q);
      q = IntVector.broadcast(INTS, numbers0[p + 1]).reinterpretAsShorts();
      s = s.add(b0.mul(q));
      t = t.add(b1.mul(q));
      q = IntVector.broadcast(INTS, numbers0[p + 2]).reinterpretAsShorts();
      s = s.add(c0.mul(q));
      t = t.add(c1.mul(q));
      q = IntVector.broadcast(INTS, numbers0[p + 3]).reinterpretAsShorts();
      s = s.add(d0.mul(q));
      t = t.add(d1.mul(q));
      x0 = x0.add(s.lanewise(ASHR, shift0));
      y0 = y0.add(t.lanewise(ASHR, shift0));
      q = IntVector.broadcast(INTS, numbers1[p + 0]).reinterpretAsShorts();
      s = a0.mul(q);
      t = a1.mul(q);
      q = IntVector.broadcast(INTS, numbers1[p + 1]).reinterpretAsShorts();
      s = s.add(b0.mul(q));
      t = t.add(b1.mul(q));
      q = IntVector.broadcast(INTS, numbers1[p + 2]).reinterpretAsShorts();
      s = s.add(c0.mul(q));
      t = t.add(c1.mul(q));
      q = IntVector.broadcast(INTS, numbers1[p + 3]).reinterpretAsShorts();
      s = s.add(d0.mul(q));
      t = t.add(d1.mul(q));
      x1 = x1.add(s.lanewise(ASHR, shift1));
      y1 = y1.add(t.lanewise(ASHR, shift1));
      q = IntVector.broadcast(INTS, numbers2[p + 0]).reinterpretAsShorts();
      s = a0.mul(q);
      t = a1.mul(q);
      q = IntVector.broadcast(INTS, numbers2[p + 1]).reinterpretAsShorts();
      s = s.add(b0.mul(q));
      t = t.add(b1.mul(q));
      q = IntVector.broadcast(INTS, numbers2[p + 2]).reinterpretAsShorts();
      s = s.add(c0.mul(q));
      t = t.add(c1.mul(q));
      q = IntVector.broadcast(INTS, numbers2[p + 3]).reinterpretAsShorts();
      s = s.add(d0.mul(q));
      t = t.add(d1.mul(q));
      x2 = x2.add(s.lanewise(ASHR, shift2));
      y2 = y2.add(t.lanewise(ASHR, shift2));
      q = IntVector.broadcast(INTS, numbers3[p + 0]).reinterpretAsShorts();
      s = a0.mul(q);
      t = a1.mul(q);
      q = IntVector.broadcast(INTS, numbers3[p + 1]).reinterpretAsShorts();
      s = s.add(b0.mul(q));
      t = t.add(b1.mul(q));
      q = IntVector.broadcast(INTS, numbers3[p + 2]).reinterpretAsShorts();
      s = s.add(c0.mul(q));
      t = t.add(c1.mul(q));
      q = IntVector.broadcast(INTS, numbers3[p + 3]).reinterpretAsShorts();
      s = s.add(d0.mul(q));
      t = t.add(d1.mul(q));
      x3 = x3.add(s.lanewise(ASHR, shift3));
      y3 = y3.add(t.lanewise(ASHR, shift3));
    }
    x0.intoArray(sums, to + 0 * PANEL);
    y0.intoArray(sums, to + 0 * PANEL + LANES);
    x1.intoArray(sums, to + 1 * PANEL);
    y1.intoArray(sums, to + 1 * PANEL + LANES);
    x2.intoArray(sums, to + 2 * PANEL);
    y2.intoArray(sums, to + 2 * PANEL + LANES);
    x3.intoArray(sums, to + 3 * PANEL);
    y3.intoArray(sums, to + 3 * PANEL + LANES);
  }
}
