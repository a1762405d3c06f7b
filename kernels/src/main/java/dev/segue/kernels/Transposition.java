package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Transposes rows of a matrix into a panel, a square of `n` × `n` elements at a time, `n` being
/// the number of lanes: `to[toAt + p · width + i] = from[at + i · stride + p]`.
///
/// A square lies in registers. In stage `s` = 1, 2, 4, 8 rows whose numbers differ in bit `s` alone
/// exchange the elements whose columns differ in that bit: lane `l` of one for lane `l ^ s` of the
/// other. That is one shuffle and one blend for each vector and stage. On the machine of
/// `benchmarks/README.md` an element takes 0.16 ns, and 0.43 ns one by one.
final class Transposition {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  /// Rows of which the last ones of a square may be read from elsewhere: those of a left panel.
  private static final int ROWS = GemmTile.ROWS;

  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_8 = odd(8);

  private Transposition() {}

  private static VectorShuffle<Float> swap(int stage) {
    return SPECIES.shuffleFromOp(lane -> (lane ^ stage) % Lanes.COUNT);
  }

  private static VectorMask<Float> odd(int stage) {
    boolean[] lanes = new boolean[Lanes.COUNT];
    for (int lane = 0; lane < lanes.length; lane++) {
      lanes[lane] = (lane & stage) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  /// Transposes the first elements of `lines` rows and returns how many of each: as many as make
  /// whole squares, and none where there is no square for so many rows.
  ///
  /// A store of the last rows' square of a panel that is no multiple of vectors wide passes the end
  /// of the panel's row into the next one, which is written later. So the caller leaves at least
  /// one element of each line out of `count` where the panel ends.
  static int run(
      float[] from, int at, int stride, int lines, int count, float[] to, int toAt, int width) {
    int size = Lanes.COUNT;
    int whole = count / size * size;
    boolean squares = lines % size == 0 || lines == ROWS;
    if (size < 8 || lines != width || !squares) {
      return 0;
    }
    for (int i = 0; i < lines; i += size) {
      int first = at + i * stride;
      // What a square of a low panel has too many of is read again, and overwritten.
      int rest = lines - i < size ? first : first + ROWS * stride;
      if (size == 16) {
        square16(from, first, stride, rest, whole, to, toAt + i, width);
      } else {
        square8(from, first, stride, rest, whole, to, toAt + i, width);
      }
    }
    return whole;
  }

  private static void square16(
      float[] from, int at, int stride, int rest, int count, float[] to, int toAt, int width) {
    VectorShuffle<Float> by1 = SWAP_1;
    VectorMask<Float> odd1 = ODD_1;
    VectorShuffle<Float> by2 = SWAP_2;
    VectorMask<Float> odd2 = ODD_2;
    VectorShuffle<Float> by4 = SWAP_4;
    VectorMask<Float> odd4 = ODD_4;
    VectorShuffle<Float> by8 = SWAP_8;
    VectorMask<Float> odd8 = ODD_8;
    for (int p = 0; p < count; p += 16) {
      int first = at + p;
      int last = rest + p;
      int target = toAt + p * width;
      FloatVector v0 = FloatVector.fromArray(SPECIES, from, first);
      FloatVector v1 = FloatVector.fromArray(SPECIES, from, first + stride);
      FloatVector v2 = FloatVector.fromArray(SPECIES, from, first + 2 * stride);
      FloatVector v3 = FloatVector.fromArray(SPECIES, from, first + 3 * stride);
      FloatVector v4 = FloatVector.fromArray(SPECIES, from, first + 4 * stride);
      FloatVector v5 = FloatVector.fromArray(SPECIES, from, first + 5 * stride);
      FloatVector v6 = FloatVector.fromArray(SPECIES, from, first + 6 * stride);
      FloatVector v7 = FloatVector.fromArray(SPECIES, from, first + 7 * stride);
      FloatVector v8 = FloatVector.fromArray(SPECIES, from, first + 8 * stride);
      FloatVector v9 = FloatVector.fromArray(SPECIES, from, first + 9 * stride);
      FloatVector v10 = FloatVector.fromArray(SPECIES, from, first + 10 * stride);
      FloatVector v11 = FloatVector.fromArray(SPECIES, from, first + 11 * stride);
      FloatVector v12 = FloatVector.fromArray(SPECIES, from, last);
      FloatVector v13 = FloatVector.fromArray(SPECIES, from, last + stride);
      FloatVector v14 = FloatVector.fromArray(SPECIES, from, last + 2 * stride);
      FloatVector v15 = FloatVector.fromArray(SPECIES, from, last + 3 * stride);
      FloatVector swapped = v0.rearrange(by1);
      v0 = v0.blend(v1.rearrange(by1), odd1);
      v1 = swapped.blend(v1, odd1);
      swapped = v2.rearrange(by1);
      v2 = v2.blend(v3.rearrange(by1), odd1);
      v3 = swapped.blend(v3, odd1);
      swapped = v4.rearrange(by1);
      v4 = v4.blend(v5.rearrange(by1), odd1);
      v5 = swapped.blend(v5, odd1);
      swapped = v6.rearrange(by1);
      v6 = v6.blend(v7.rearrange(by1), odd1);
      v7 = swapped.blend(v7, odd1);
      swapped = v8.rearrange(by1);
      v8 = v8.blend(v9.rearrange(by1), odd1);
      v9 = swapped.blend(v9, odd1);
      swapped = v10.rearrange(by1);
      v10 = v10.blend(v11.rearrange(by1), odd1);
      v11 = swapped.blend(v11, odd1);
      swapped = v12.rearrange(by1);
      v12 = v12.blend(v13.rearrange(by1), odd1);
      v13 = swapped.blend(v13, odd1);
      swapped = v14.rearrange(by1);
      v14 = v14.blend(v15.rearrange(by1), odd1);
      v15 = swapped.blend(v15, odd1);
      swapped = v0.rearrange(by2);
      v0 = v0.blend(v2.rearrange(by2), odd2);
      v2 = swapped.blend(v2, odd2);
      swapped = v1.rearrange(by2);
      v1 = v1.blend(v3.rearrange(by2), odd2);
      v3 = swapped.blend(v3, odd2);
      swapped = v4.rearrange(by2);
      v4 = v4.blend(v6.rearrange(by2), odd2);
      v6 = swapped.blend(v6, odd2);
      swapped = v5.rearrange(by2);
      v5 = v5.blend(v7.rearrange(by2), odd2);
      v7 = swapped.blend(v7, odd2);
      swapped = v8.rearrange(by2);
      v8 = v8.blend(v10.rearrange(by2), odd2);
      v10 = swapped.blend(v10, odd2);
      swapped = v9.rearrange(by2);
      v9 = v9.blend(v11.rearrange(by2), odd2);
      v11 = swapped.blend(v11, odd2);
      swapped = v12.rearrange(by2);
      v12 = v12.blend(v14.rearrange(by2), odd2);
      v14 = swapped.blend(v14, odd2);
      swapped = v13.rearrange(by2);
      v13 = v13.blend(v15.rearrange(by2), odd2);
      v15 = swapped.blend(v15, odd2);
      swapped = v0.rearrange(by4);
      v0 = v0.blend(v4.rearrange(by4), odd4);
      v4 = swapped.blend(v4, odd4);
      swapped = v1.rearrange(by4);
      v1 = v1.blend(v5.rearrange(by4), odd4);
      v5 = swapped.blend(v5, odd4);
      swapped = v2.rearrange(by4);
      v2 = v2.blend(v6.rearrange(by4), odd4);
      v6 = swapped.blend(v6, odd4);
      swapped = v3.rearrange(by4);
      v3 = v3.blend(v7.rearrange(by4), odd4);
      v7 = swapped.blend(v7, odd4);
      swapped = v8.rearrange(by4);
      v8 = v8.blend(v12.rearrange(by4), odd4);
      v12 = swapped.blend(v12, odd4);
      swapped = v9.rearrange(by4);
      v9 = v9.blend(v13.rearrange(by4), odd4);
      v13 = swapped.blend(v13, odd4);
      swapped = v10.rearrange(by4);
      v10 = v10.blend(v14.rearrange(by4), odd4);
      v14 = swapped.blend(v14, odd4);
      swapped = v11.rearrange(by4);
      v11 = v11.blend(v15.rearrange(by4), odd4);
      v15 = swapped.blend(v15, odd4);
      swapped = v0.rearrange(by8);
      v0 = v0.blend(v8.rearrange(by8), odd8);
      v8 = swapped.blend(v8, odd8);
      swapped = v1.rearrange(by8);
      v1 = v1.blend(v9.rearrange(by8), odd8);
      v9 = swapped.blend(v9, odd8);
      swapped = v2.rearrange(by8);
      v2 = v2.blend(v10.rearrange(by8), odd8);
      v10 = swapped.blend(v10, odd8);
      swapped = v3.rearrange(by8);
      v3 = v3.blend(v11.rearrange(by8), odd8);
      v11 = swapped.blend(v11, odd8);
      swapped = v4.rearrange(by8);
      v4 = v4.blend(v12.rearrange(by8), odd8);
      v12 = swapped.blend(v12, odd8);
      swapped = v5.rearrange(by8);
      v5 = v5.blend(v13.rearrange(by8), odd8);
      v13 = swapped.blend(v13, odd8);
      swapped = v6.rearrange(by8);
      v6 = v6.blend(v14.rearrange(by8), odd8);
      v14 = swapped.blend(v14, odd8);
      swapped = v7.rearrange(by8);
      v7 = v7.blend(v15.rearrange(by8), odd8);
      v15 = swapped.blend(v15, odd8);
      v0.intoArray(to, target);
      v1.intoArray(to, target + width);
      v2.intoArray(to, target + 2 * width);
      v3.intoArray(to, target + 3 * width);
      v4.intoArray(to, target + 4 * width);
      v5.intoArray(to, target + 5 * width);
      v6.intoArray(to, target + 6 * width);
      v7.intoArray(to, target + 7 * width);
      v8.intoArray(to, target + 8 * width);
      v9.intoArray(to, target + 9 * width);
      v10.intoArray(to, target + 10 * width);
      v11.intoArray(to, target + 11 * width);
      v12.intoArray(to, target + 12 * width);
      v13.intoArray(to, target + 13 * width);
      v14.intoArray(to, target + 14 * width);
      v15.intoArray(to, target + 15 * width);
    }
  }

  private static void square8(
      float[] from, int at, int stride, int rest, int count, float[] to, int toAt, int width) {
    VectorShuffle<Float> by1 = SWAP_1;
    VectorMask<Float> odd1 = ODD_1;
    VectorShuffle<Float> by2 = SWAP_2;
    VectorMask<Float> odd2 = ODD_2;
    VectorShuffle<Float> by4 = SWAP_4;
    VectorMask<Float> odd4 = ODD_4;
    for (int p = 0; p < count; p += 8) {
      int first = at + p;
      int last = rest + p;
      int target = toAt + p * width;
      FloatVector v0 = FloatVector.fromArray(SPECIES, from, first);
      FloatVector v1 = FloatVector.fromArray(SPECIES, from, first + stride);
      FloatVector v2 = FloatVector.fromArray(SPECIES, from, first + 2 * stride);
      FloatVector v3 = FloatVector.fromArray(SPECIES, from, first + 3 * stride);
      FloatVector v4 = FloatVector.fromArray(SPECIES, from, first + 4 * stride);
      FloatVector v5 = FloatVector.fromArray(SPECIES, from, first + 5 * stride);
      FloatVector v6 = FloatVector.fromArray(SPECIES, from, last);
      FloatVector v7 = FloatVector.fromArray(SPECIES, from, last + stride);
      FloatVector swapped = v0.rearrange(by1);
      v0 = v0.blend(v1.rearrange(by1), odd1);
      v1 = swapped.blend(v1, odd1);
      swapped = v2.rearrange(by1);
      v2 = v2.blend(v3.rearrange(by1), odd1);
      v3 = swapped.blend(v3, odd1);
      swapped = v4.rearrange(by1);
      v4 = v4.blend(v5.rearrange(by1), odd1);
      v5 = swapped.blend(v5, odd1);
      swapped = v6.rearrange(by1);
      v6 = v6.blend(v7.rearrange(by1), odd1);
      v7 = swapped.blend(v7, odd1);
      swapped = v0.rearrange(by2);
      v0 = v0.blend(v2.rearrange(by2), odd2);
      v2 = swapped.blend(v2, odd2);
      swapped = v1.rearrange(by2);
      v1 = v1.blend(v3.rearrange(by2), odd2);
      v3 = swapped.blend(v3, odd2);
      swapped = v4.rearrange(by2);
      v4 = v4.blend(v6.rearrange(by2), odd2);
      v6 = swapped.blend(v6, odd2);
      swapped = v5.rearrange(by2);
      v5 = v5.blend(v7.rearrange(by2), odd2);
      v7 = swapped.blend(v7, odd2);
      swapped = v0.rearrange(by4);
      v0 = v0.blend(v4.rearrange(by4), odd4);
      v4 = swapped.blend(v4, odd4);
      swapped = v1.rearrange(by4);
      v1 = v1.blend(v5.rearrange(by4), odd4);
      v5 = swapped.blend(v5, odd4);
      swapped = v2.rearrange(by4);
      v2 = v2.blend(v6.rearrange(by4), odd4);
      v6 = swapped.blend(v6, odd4);
      swapped = v3.rearrange(by4);
      v3 = v3.blend(v7.rearrange(by4), odd4);
      v7 = swapped.blend(v7, odd4);
      v0.intoArray(to, target);
      v1.intoArray(to, target + width);
      v2.intoArray(to, target + 2 * width);
      v3.intoArray(to, target + 3 * width);
      v4.intoArray(to, target + 4 * width);
      v5.intoArray(to, target + 5 * width);
      v6.intoArray(to, target + 6 * width);
      v7.intoArray(to, target + 7 * width);
    }
  }
}
