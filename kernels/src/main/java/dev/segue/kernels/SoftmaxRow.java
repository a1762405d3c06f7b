package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Softmax over part of a row of logits, a whole number of vectors. Padding has a bias of −∞, so it
/// adds nothing to a sum and gets no gradient.
final class SoftmaxRow {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int COUNT = Lanes.COUNT;

  private SoftmaxRow() {}

  /// Adds the bias to the row in place and returns the greatest logit.
  static float addBiasAndMax(float[] logits, int from, float[] bias, int count) {
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < count; i += COUNT) {
      FloatVector logit =
          FloatVector.fromArray(SPECIES, logits, from + i)
              .add(FloatVector.fromArray(SPECIES, bias, i));
      logit.intoArray(logits, from + i);
      max = max.max(logit);
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /// Returns `Σ exp(logit − reference)`.
  static float sumExp(float[] logits, int from, int count, float reference, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += COUNT) {
      sum =
          sum.add(VectorMath.exp(FloatVector.fromArray(SPECIES, logits, from + i).sub(reference)));
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// Replaces logits without bias by `scale · exp(logit + bias − logSumExp)`.
  static void scaledSoftmax(
      float[] logits, int from, float[] bias, int count, float logSumExp, float scale) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMath.exp(
              FloatVector.fromArray(SPECIES, logits, from + i)
                  .add(FloatVector.fromArray(SPECIES, bias, i))
                  .sub(logSumExp))
          .mul(scale)
          .intoArray(logits, from + i);
    }
  }
}
