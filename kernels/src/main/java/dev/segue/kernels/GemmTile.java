package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost product: `C (+)= A · B` for a tile of few rows and two vectors of columns.
///
/// `A[i, p]` is `a[ao + p · height + i]`, `B[p, j]` is `b[bo + p · COLUMNS + j]`, and `C[i, j]` is
/// `c[co + i · ldc + j]`. The strides of A and B are constants of a tile: with them the compiler
/// takes the range checks out of the loop, without them (an operand read where it lies) a tile is a
/// seventh slower. Each element is one chain of fused multiply-adds in order of `p`, so its bits do
/// not depend on the tile that computes it.
///
/// The accumulators are local variables, two per row: 24 of the 32 registers of AVX-512 with 12
/// rows, 12 of the 16 of AVX2 with 6. More spill, fewer leave the multipliers idle (latency 4, two
/// per cycle). The methods are spelled out because the compiler keeps only locals in registers, and
/// one per height because a smaller graph never makes it give up (when it does, it boxes every
/// vector and is a hundred times slower).
final class GemmTile {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int COUNT = Lanes.COUNT;

  /// Columns of a tile.
  static final int COLUMNS = 2 * COUNT;

  /// Rows of the tallest tile.
  static final int ROWS = COUNT >= 16 ? 12 : 6;

  private GemmTile() {}

  /// Returns the height of the tile to use when `rest` rows remain: the tallest, or the lowest that
  /// holds them.
  static int height(int rest) {
    if (rest >= ROWS) {
      return ROWS;
    }
    if (rest > 8) {
      return 12;
    }
    if (rest > 4) {
      return ROWS == 12 ? 8 : 6;
    }
    return rest > 1 ? 4 : 1;
  }

  /// Computes one tile of the given height.
  static void run(
      int height,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int k,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    switch (height) {
      case 12 -> tile12(a, ao, b, bo, k, c, co, ldc, add);
      case 8 -> tile8(a, ao, b, bo, k, c, co, ldc, add);
      case 6 -> tile6(a, ao, b, bo, k, c, co, ldc, add);
      case 4 -> tile4(a, ao, b, bo, k, c, co, ldc, add);
      default -> tile1(a, ao, b, bo, k, c, co, add);
    }
  }

  private static void tile12(
      float[] a, int ao, float[] b, int bo, int k, float[] c, int co, int ldc, boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    FloatVector c80 = FloatVector.zero(SPECIES);
    FloatVector c81 = FloatVector.zero(SPECIES);
    FloatVector c90 = FloatVector.zero(SPECIES);
    FloatVector c91 = FloatVector.zero(SPECIES);
    FloatVector c100 = FloatVector.zero(SPECIES);
    FloatVector c101 = FloatVector.zero(SPECIES);
    FloatVector c110 = FloatVector.zero(SPECIES);
    FloatVector c111 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS + COUNT);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 1]);
      c10 = a0.fma(b0, c10);
      c11 = a0.fma(b1, c11);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 2]);
      c20 = a0.fma(b0, c20);
      c21 = a0.fma(b1, c21);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 3]);
      c30 = a0.fma(b0, c30);
      c31 = a0.fma(b1, c31);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 4]);
      c40 = a0.fma(b0, c40);
      c41 = a0.fma(b1, c41);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 5]);
      c50 = a0.fma(b0, c50);
      c51 = a0.fma(b1, c51);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 6]);
      c60 = a0.fma(b0, c60);
      c61 = a0.fma(b1, c61);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 7]);
      c70 = a0.fma(b0, c70);
      c71 = a0.fma(b1, c71);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 8]);
      c80 = a0.fma(b0, c80);
      c81 = a0.fma(b1, c81);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 9]);
      c90 = a0.fma(b0, c90);
      c91 = a0.fma(b1, c91);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 10]);
      c100 = a0.fma(b0, c100);
      c101 = a0.fma(b1, c101);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 12 + 11]);
      c110 = a0.fma(b0, c110);
      c111 = a0.fma(b1, c111);
    }
    if (add) {
      c00 = c00.add(FloatVector.fromArray(SPECIES, c, co));
      c01 = c01.add(FloatVector.fromArray(SPECIES, c, co + COUNT));
      c10 = c10.add(FloatVector.fromArray(SPECIES, c, co + ldc));
      c11 = c11.add(FloatVector.fromArray(SPECIES, c, co + ldc + COUNT));
      c20 = c20.add(FloatVector.fromArray(SPECIES, c, co + 2 * ldc));
      c21 = c21.add(FloatVector.fromArray(SPECIES, c, co + 2 * ldc + COUNT));
      c30 = c30.add(FloatVector.fromArray(SPECIES, c, co + 3 * ldc));
      c31 = c31.add(FloatVector.fromArray(SPECIES, c, co + 3 * ldc + COUNT));
      c40 = c40.add(FloatVector.fromArray(SPECIES, c, co + 4 * ldc));
      c41 = c41.add(FloatVector.fromArray(SPECIES, c, co + 4 * ldc + COUNT));
      c50 = c50.add(FloatVector.fromArray(SPECIES, c, co + 5 * ldc));
      c51 = c51.add(FloatVector.fromArray(SPECIES, c, co + 5 * ldc + COUNT));
      c60 = c60.add(FloatVector.fromArray(SPECIES, c, co + 6 * ldc));
      c61 = c61.add(FloatVector.fromArray(SPECIES, c, co + 6 * ldc + COUNT));
      c70 = c70.add(FloatVector.fromArray(SPECIES, c, co + 7 * ldc));
      c71 = c71.add(FloatVector.fromArray(SPECIES, c, co + 7 * ldc + COUNT));
      c80 = c80.add(FloatVector.fromArray(SPECIES, c, co + 8 * ldc));
      c81 = c81.add(FloatVector.fromArray(SPECIES, c, co + 8 * ldc + COUNT));
      c90 = c90.add(FloatVector.fromArray(SPECIES, c, co + 9 * ldc));
      c91 = c91.add(FloatVector.fromArray(SPECIES, c, co + 9 * ldc + COUNT));
      c100 = c100.add(FloatVector.fromArray(SPECIES, c, co + 10 * ldc));
      c101 = c101.add(FloatVector.fromArray(SPECIES, c, co + 10 * ldc + COUNT));
      c110 = c110.add(FloatVector.fromArray(SPECIES, c, co + 11 * ldc));
      c111 = c111.add(FloatVector.fromArray(SPECIES, c, co + 11 * ldc + COUNT));
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + COUNT);
    c10.intoArray(c, co + ldc);
    c11.intoArray(c, co + ldc + COUNT);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + COUNT);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + COUNT);
    c40.intoArray(c, co + 4 * ldc);
    c41.intoArray(c, co + 4 * ldc + COUNT);
    c50.intoArray(c, co + 5 * ldc);
    c51.intoArray(c, co + 5 * ldc + COUNT);
    c60.intoArray(c, co + 6 * ldc);
    c61.intoArray(c, co + 6 * ldc + COUNT);
    c70.intoArray(c, co + 7 * ldc);
    c71.intoArray(c, co + 7 * ldc + COUNT);
    c80.intoArray(c, co + 8 * ldc);
    c81.intoArray(c, co + 8 * ldc + COUNT);
    c90.intoArray(c, co + 9 * ldc);
    c91.intoArray(c, co + 9 * ldc + COUNT);
    c100.intoArray(c, co + 10 * ldc);
    c101.intoArray(c, co + 10 * ldc + COUNT);
    c110.intoArray(c, co + 11 * ldc);
    c111.intoArray(c, co + 11 * ldc + COUNT);
  }

  private static void tile8(
      float[] a, int ao, float[] b, int bo, int k, float[] c, int co, int ldc, boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS + COUNT);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p * 8]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 8 + 1]);
      c10 = a0.fma(b0, c10);
      c11 = a0.fma(b1, c11);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 8 + 2]);
      c20 = a0.fma(b0, c20);
      c21 = a0.fma(b1, c21);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 8 + 3]);
      c30 = a0.fma(b0, c30);
      c31 = a0.fma(b1, c31);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 8 + 4]);
      c40 = a0.fma(b0, c40);
      c41 = a0.fma(b1, c41);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 8 + 5]);
      c50 = a0.fma(b0, c50);
      c51 = a0.fma(b1, c51);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 8 + 6]);
      c60 = a0.fma(b0, c60);
      c61 = a0.fma(b1, c61);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 8 + 7]);
      c70 = a0.fma(b0, c70);
      c71 = a0.fma(b1, c71);
    }
    if (add) {
      c00 = c00.add(FloatVector.fromArray(SPECIES, c, co));
      c01 = c01.add(FloatVector.fromArray(SPECIES, c, co + COUNT));
      c10 = c10.add(FloatVector.fromArray(SPECIES, c, co + ldc));
      c11 = c11.add(FloatVector.fromArray(SPECIES, c, co + ldc + COUNT));
      c20 = c20.add(FloatVector.fromArray(SPECIES, c, co + 2 * ldc));
      c21 = c21.add(FloatVector.fromArray(SPECIES, c, co + 2 * ldc + COUNT));
      c30 = c30.add(FloatVector.fromArray(SPECIES, c, co + 3 * ldc));
      c31 = c31.add(FloatVector.fromArray(SPECIES, c, co + 3 * ldc + COUNT));
      c40 = c40.add(FloatVector.fromArray(SPECIES, c, co + 4 * ldc));
      c41 = c41.add(FloatVector.fromArray(SPECIES, c, co + 4 * ldc + COUNT));
      c50 = c50.add(FloatVector.fromArray(SPECIES, c, co + 5 * ldc));
      c51 = c51.add(FloatVector.fromArray(SPECIES, c, co + 5 * ldc + COUNT));
      c60 = c60.add(FloatVector.fromArray(SPECIES, c, co + 6 * ldc));
      c61 = c61.add(FloatVector.fromArray(SPECIES, c, co + 6 * ldc + COUNT));
      c70 = c70.add(FloatVector.fromArray(SPECIES, c, co + 7 * ldc));
      c71 = c71.add(FloatVector.fromArray(SPECIES, c, co + 7 * ldc + COUNT));
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + COUNT);
    c10.intoArray(c, co + ldc);
    c11.intoArray(c, co + ldc + COUNT);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + COUNT);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + COUNT);
    c40.intoArray(c, co + 4 * ldc);
    c41.intoArray(c, co + 4 * ldc + COUNT);
    c50.intoArray(c, co + 5 * ldc);
    c51.intoArray(c, co + 5 * ldc + COUNT);
    c60.intoArray(c, co + 6 * ldc);
    c61.intoArray(c, co + 6 * ldc + COUNT);
    c70.intoArray(c, co + 7 * ldc);
    c71.intoArray(c, co + 7 * ldc + COUNT);
  }

  private static void tile6(
      float[] a, int ao, float[] b, int bo, int k, float[] c, int co, int ldc, boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS + COUNT);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p * 6]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 6 + 1]);
      c10 = a0.fma(b0, c10);
      c11 = a0.fma(b1, c11);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 6 + 2]);
      c20 = a0.fma(b0, c20);
      c21 = a0.fma(b1, c21);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 6 + 3]);
      c30 = a0.fma(b0, c30);
      c31 = a0.fma(b1, c31);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 6 + 4]);
      c40 = a0.fma(b0, c40);
      c41 = a0.fma(b1, c41);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 6 + 5]);
      c50 = a0.fma(b0, c50);
      c51 = a0.fma(b1, c51);
    }
    if (add) {
      c00 = c00.add(FloatVector.fromArray(SPECIES, c, co));
      c01 = c01.add(FloatVector.fromArray(SPECIES, c, co + COUNT));
      c10 = c10.add(FloatVector.fromArray(SPECIES, c, co + ldc));
      c11 = c11.add(FloatVector.fromArray(SPECIES, c, co + ldc + COUNT));
      c20 = c20.add(FloatVector.fromArray(SPECIES, c, co + 2 * ldc));
      c21 = c21.add(FloatVector.fromArray(SPECIES, c, co + 2 * ldc + COUNT));
      c30 = c30.add(FloatVector.fromArray(SPECIES, c, co + 3 * ldc));
      c31 = c31.add(FloatVector.fromArray(SPECIES, c, co + 3 * ldc + COUNT));
      c40 = c40.add(FloatVector.fromArray(SPECIES, c, co + 4 * ldc));
      c41 = c41.add(FloatVector.fromArray(SPECIES, c, co + 4 * ldc + COUNT));
      c50 = c50.add(FloatVector.fromArray(SPECIES, c, co + 5 * ldc));
      c51 = c51.add(FloatVector.fromArray(SPECIES, c, co + 5 * ldc + COUNT));
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + COUNT);
    c10.intoArray(c, co + ldc);
    c11.intoArray(c, co + ldc + COUNT);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + COUNT);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + COUNT);
    c40.intoArray(c, co + 4 * ldc);
    c41.intoArray(c, co + 4 * ldc + COUNT);
    c50.intoArray(c, co + 5 * ldc);
    c51.intoArray(c, co + 5 * ldc + COUNT);
  }

  private static void tile4(
      float[] a, int ao, float[] b, int bo, int k, float[] c, int co, int ldc, boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS + COUNT);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p * 4]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 4 + 1]);
      c10 = a0.fma(b0, c10);
      c11 = a0.fma(b1, c11);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 4 + 2]);
      c20 = a0.fma(b0, c20);
      c21 = a0.fma(b1, c21);
      a0 = FloatVector.broadcast(SPECIES, a[ao + p * 4 + 3]);
      c30 = a0.fma(b0, c30);
      c31 = a0.fma(b1, c31);
    }
    if (add) {
      c00 = c00.add(FloatVector.fromArray(SPECIES, c, co));
      c01 = c01.add(FloatVector.fromArray(SPECIES, c, co + COUNT));
      c10 = c10.add(FloatVector.fromArray(SPECIES, c, co + ldc));
      c11 = c11.add(FloatVector.fromArray(SPECIES, c, co + ldc + COUNT));
      c20 = c20.add(FloatVector.fromArray(SPECIES, c, co + 2 * ldc));
      c21 = c21.add(FloatVector.fromArray(SPECIES, c, co + 2 * ldc + COUNT));
      c30 = c30.add(FloatVector.fromArray(SPECIES, c, co + 3 * ldc));
      c31 = c31.add(FloatVector.fromArray(SPECIES, c, co + 3 * ldc + COUNT));
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + COUNT);
    c10.intoArray(c, co + ldc);
    c11.intoArray(c, co + ldc + COUNT);
    c20.intoArray(c, co + 2 * ldc);
    c21.intoArray(c, co + 2 * ldc + COUNT);
    c30.intoArray(c, co + 3 * ldc);
    c31.intoArray(c, co + 3 * ldc + COUNT);
  }

  private static void tile1(
      float[] a, int ao, float[] b, int bo, int k, float[] c, int co, boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bo + p * COLUMNS + COUNT);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[ao + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
    }
    if (add) {
      c00 = c00.add(FloatVector.fromArray(SPECIES, c, co));
      c01 = c01.add(FloatVector.fromArray(SPECIES, c, co + COUNT));
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + COUNT);
  }
}
