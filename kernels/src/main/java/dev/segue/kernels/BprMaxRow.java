package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The loops of BPR-max over one row of scores r, a whole number of vectors. Every loop reads and
/// writes arrays; between them the row stays in the second cache. Formulas: [SampledLoss.BprMax],
/// derivatives: [ScalarSampledLoss].
final class BprMaxRow {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private BprMaxRow() {}

  /// `r = max(r, least)`.
  static void bound(float[] r, int at, int count, float least) {
    for (int i = at; i < at + count; i += Lanes.COUNT) {
      FloatVector.fromArray(SPECIES, r, i).max(least).intoArray(r, i);
    }
  }

  /// `r = r` where `r > 0` or the column is hidden, else `a (e^r − 1)`.
  static void elu(float[] r, int at, int count, float a, float hidden, float[] scratch) {
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector.fromArray(SPECIES, r, at + i).min(0).intoArray(scratch, i);
    }
    VectorMath.exp(scratch, 0, count, 1, 0);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector score = FloatVector.fromArray(SPECIES, r, at + i);
      FloatVector bent = FloatVector.fromArray(SPECIES, scratch, i).sub(1).mul(a);
      VectorMask<Float> straight = score.compare(VectorOperators.GT, 0);
      VectorMask<Float> kept = straight.or(score.compare(VectorOperators.LE, hidden));
      bent.blend(score, kept).intoArray(r, at + i);
    }
  }

  /// The slope of elu where its value is r.
  static float eluSlope(float r, float a) {
    return a == 0 || r > 0 ? 1 : r + a;
  }

  /// Prepares exponents: `w = min(r, positive)`, `gap = |r − positive|`.
  static void weights(float[] r, int at, int count, float positive, float[] s, int w, int gap) {
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector score = FloatVector.fromArray(SPECIES, r, at + i);
      score.min(positive).intoArray(s, w + i);
      score.sub(positive).abs().intoArray(s, gap + i);
    }
  }

  /// From `w = exp(min(r, positive) − reference)` and `gap = exp(−|r − positive|)`: `w = w / (1 +
  /// gap)`, and in place of the gap `σ(positive − r)`.
  static void sigmoids(float[] r, int at, int count, float positive, float[] s, int w, int gap) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector score = FloatVector.fromArray(SPECIES, r, at + i);
      FloatVector distance = FloatVector.fromArray(SPECIES, s, gap + i);
      FloatVector near = one.div(distance.add(one));
      FloatVector weight = FloatVector.fromArray(SPECIES, s, w + i);
      weight.mul(near).intoArray(s, w + i);
      VectorMask<Float> above = score.compare(VectorOperators.GT, positive);
      near.blend(distance.mul(near), above).intoArray(s, gap + i);
    }
  }

  /// `r = (s sScale (1 + λ (r² + 2 r − squares)) − w wScale σ) · slope of elu`, with s, w and σ in
  /// scratch.
  static void gradients(
      float[] r,
      int at,
      int count,
      float[] scratch,
      float sScale,
      float wScale,
      float lambda,
      float squares,
      float a,
      int w,
      int sigma) {
    float bend = a > 0 ? 0 : Float.NEGATIVE_INFINITY;
    FloatVector minusSquares = FloatVector.broadcast(SPECIES, -squares);
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    FloatVector factor = FloatVector.broadcast(SPECIES, lambda);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector score = FloatVector.fromArray(SPECIES, r, at + i);
      FloatVector regular = score.fma(score.add(2), minusSquares).fma(factor, one);
      FloatVector share = FloatVector.fromArray(SPECIES, scratch, i).mul(sScale);
      FloatVector pull =
          FloatVector.fromArray(SPECIES, scratch, w + i)
              .mul(FloatVector.fromArray(SPECIES, scratch, sigma + i))
              .mul(wScale);
      FloatVector slope = score.add(a).blend(1, score.compare(VectorOperators.GT, bend));
      share.mul(regular).sub(pull).mul(slope).intoArray(r, at + i);
    }
  }
}
