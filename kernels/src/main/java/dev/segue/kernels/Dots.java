package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Dot products of a few query rows with the rows of a table, both along the row: nothing is
/// packed, and the table is read once.
///
/// A dot product is one chain of vector fused multiply-adds, then [Lanes#sum], then the rest of the
/// row one by one. So its bits do not depend on how many are computed together. Four table rows at
/// a time hide the latency of a chain; four queries use each loaded vector four times.
final class Dots {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int COUNT = Lanes.COUNT;
  static final int TILE = 4;

  private final float[] queries;
  private final int count;
  private final int length;
  private final int body;
  private final float[] lanes;

  /// Takes `count` query rows of `length` elements, one after another.
  Dots(float[] queries, int count, int length, Workspace workspace) {
    this.queries = queries;
    this.count = count;
    this.length = length;
    this.body = SPECIES.loopBound(length);
    this.lanes = workspace.floats(Slot.LANES, TILE * TILE * COUNT);
  }

  /// Computes `out[outAt + q · outStride + i] = query_q · row_i` for the `rows` rows that start at
  /// `table[at]`.
  void times(float[] table, int at, int rows, float[] out, int outAt, int outStride) {
    times(table, at, rows, out, outAt, outStride, true);
  }

  /// As above, with four queries at a time or without: the bits are the same.
  void times(
      float[] table, int at, int rows, float[] out, int outAt, int outStride, boolean isTiled) {
    int i = 0;
    for (; i + TILE <= rows; i += TILE) {
      int from = at + i * length;
      int query = 0;
      for (; isTiled && query + TILE <= count; query += TILE) {
        sixteen(query, table, from);
        finish(query, TILE, table, from, TILE, out, outAt + query * outStride + i, outStride);
      }
      for (; query < count; query++) {
        fourRows(query, table, from, from + length, from + 2 * length, from + 3 * length);
        finish(query, 1, table, from, TILE, out, outAt + query * outStride + i, outStride);
      }
    }
    for (; i < rows; i++) {
      for (int query = 0; query < count; query++) {
        one(query, table, at + i * length);
        int to = outAt + query * outStride + i;
        finish(query, 1, table, at + i * length, 1, out, to, outStride);
      }
    }
  }

  /// Computes the products of a query with four rows of the table, wherever they start.
  void four(int query, float[] table, int at0, int at1, int at2, int at3, float[] out) {
    fourRows(query, table, at0, at1, at2, at3);
    out[0] = finish(query, 0, table, at0);
    out[1] = finish(query, COUNT, table, at1);
    out[2] = finish(query, 2 * COUNT, table, at2);
    out[3] = finish(query, 3 * COUNT, table, at3);
  }

  /// Computes the product of a query with one row of the table.
  void one(int query, float[] table, int at, float[] out) {
    one(query, table, at);
    out[0] = finish(query, 0, table, at);
  }

  /// Sums the lanes of `high × wide` chains and adds what is left of the rows.
  private void finish(
      int query, int high, float[] table, int from, int wide, float[] out, int to, int outStride) {
    for (int q = 0; q < high; q++) {
      for (int i = 0; i < wide; i++) {
        out[to + q * outStride + i] =
            finish(query + q, (q * wide + i) * COUNT, table, from + i * length);
      }
    }
  }

  /// Sums the lanes of one chain and adds what is left of the row.
  private float finish(int query, int lanesAt, float[] table, int row) {
    float sum = Lanes.sum(lanes, lanesAt);
    int queryAt = query * length;
    for (int p = body; p < length; p++) {
      sum = Math.fma(queries[queryAt + p], table[row + p], sum);
    }
    return sum;
  }

  private void one(int query, float[] table, int t0) {
    int q0 = query * length;
    FloatVector s0 = FloatVector.zero(SPECIES);
    for (int p = 0; p < body; p += COUNT) {
      FloatVector u = FloatVector.fromArray(SPECIES, queries, q0 + p);
      s0 = u.fma(FloatVector.fromArray(SPECIES, table, t0 + p), s0);
    }
    s0.intoArray(lanes, 0);
  }

  private void fourRows(int query, float[] table, int t0, int t1, int t2, int t3) {
    int q0 = query * length;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    for (int p = 0; p < body; p += COUNT) {
      FloatVector u = FloatVector.fromArray(SPECIES, queries, q0 + p);
      s0 = u.fma(FloatVector.fromArray(SPECIES, table, t0 + p), s0);
      s1 = u.fma(FloatVector.fromArray(SPECIES, table, t1 + p), s1);
      s2 = u.fma(FloatVector.fromArray(SPECIES, table, t2 + p), s2);
      s3 = u.fma(FloatVector.fromArray(SPECIES, table, t3 + p), s3);
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, COUNT);
    s2.intoArray(lanes, 2 * COUNT);
    s3.intoArray(lanes, 3 * COUNT);
  }

  private void sixteen(int query, float[] table, int t0) {
    int t1 = t0 + length;
    int t2 = t1 + length;
    int t3 = t2 + length;
    int q0 = query * length;
    int q1 = q0 + length;
    int q2 = q1 + length;
    int q3 = q2 + length;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s03 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s13 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s22 = FloatVector.zero(SPECIES);
    FloatVector s23 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    FloatVector s32 = FloatVector.zero(SPECIES);
    FloatVector s33 = FloatVector.zero(SPECIES);
    for (int p = 0; p < body; p += COUNT) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, table, t0 + p);
      FloatVector v1 = FloatVector.fromArray(SPECIES, table, t1 + p);
      FloatVector v2 = FloatVector.fromArray(SPECIES, table, t2 + p);
      FloatVector v3 = FloatVector.fromArray(SPECIES, table, t3 + p);
      FloatVector u = FloatVector.fromArray(SPECIES, queries, q0 + p);
      s00 = u.fma(v0, s00);
      s01 = u.fma(v1, s01);
      s02 = u.fma(v2, s02);
      s03 = u.fma(v3, s03);
      u = FloatVector.fromArray(SPECIES, queries, q1 + p);
      s10 = u.fma(v0, s10);
      s11 = u.fma(v1, s11);
      s12 = u.fma(v2, s12);
      s13 = u.fma(v3, s13);
      u = FloatVector.fromArray(SPECIES, queries, q2 + p);
      s20 = u.fma(v0, s20);
      s21 = u.fma(v1, s21);
      s22 = u.fma(v2, s22);
      s23 = u.fma(v3, s23);
      u = FloatVector.fromArray(SPECIES, queries, q3 + p);
      s30 = u.fma(v0, s30);
      s31 = u.fma(v1, s31);
      s32 = u.fma(v2, s32);
      s33 = u.fma(v3, s33);
    }
    s00.intoArray(lanes, 0);
    s01.intoArray(lanes, COUNT);
    s02.intoArray(lanes, 2 * COUNT);
    s03.intoArray(lanes, 3 * COUNT);
    s10.intoArray(lanes, 4 * COUNT);
    s11.intoArray(lanes, 5 * COUNT);
    s12.intoArray(lanes, 6 * COUNT);
    s13.intoArray(lanes, 7 * COUNT);
    s20.intoArray(lanes, 8 * COUNT);
    s21.intoArray(lanes, 9 * COUNT);
    s22.intoArray(lanes, 10 * COUNT);
    s23.intoArray(lanes, 11 * COUNT);
    s30.intoArray(lanes, 12 * COUNT);
    s31.intoArray(lanes, 13 * COUNT);
    s32.intoArray(lanes, 14 * COUNT);
    s33.intoArray(lanes, 15 * COUNT);
  }
}
