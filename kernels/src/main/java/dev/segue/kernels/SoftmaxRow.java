package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Softmax over part of a row of logits, a whole number of vectors. Padding has a bias of −∞, so it
/// adds nothing to a sum and gets no gradient. The row stays in the first cache between the loops.
final class SoftmaxRow {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private SoftmaxRow() {}

  /// Adds the bias to the row in place and returns the greatest logit.
  static float addBiasAndMax(float[] logits, int from, float[] bias, int count) {
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector logit =
          FloatVector.fromArray(SPECIES, logits, from + i)
              .add(FloatVector.fromArray(SPECIES, bias, i));
      logit.intoArray(logits, from + i);
      max = max.max(logit);
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /// Replaces the row by `exp(logit − reference)` and returns the sum.
  static float sumExp(float[] logits, int from, int count, float reference, float[] lanes) {
    VectorMath.exp(logits, from, count, 1, -reference);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < from + count; i += Lanes.COUNT) {
      sum = sum.add(FloatVector.fromArray(SPECIES, logits, i));
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// Replaces logits without bias by `scale · exp(logit + bias − logSumExp)`.
  static void scaledSoftmax(
      float[] logits, int from, float[] bias, int count, float logSumExp, float scale) {
    VectorRows.add(bias, 0, logits, from, count);
    VectorMath.exp(logits, from, count, 1, -logSumExp);
    for (int i = from; i < from + count; i += Lanes.COUNT) {
      FloatVector.fromArray(SPECIES, logits, i).mul(scale).intoArray(logits, i);
    }
  }

  /// Computes `to = factor · from`.
  static void scale(float[] from, int at, float[] to, int toAt, int count, float factor) {
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector.fromArray(SPECIES, from, at + i).mul(factor).intoArray(to, toAt + i);
    }
  }
}
