package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Reductions of a whole number of vectors of an array, in an order that is ours; `lanes` is
/// scratch for one vector.
final class Reductions {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private Reductions() {}

  static float max(float[] x, int from, int count) {
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = from; i < from + count; i += Lanes.COUNT) {
      max = max.max(FloatVector.fromArray(SPECIES, x, i));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  static float sum(float[] x, int from, int count, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < from + count; i += Lanes.COUNT) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, i));
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// Returns `Σ x y`.
  static float sumOfProducts(float[] x, int from, int other, int count, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector left = FloatVector.fromArray(SPECIES, x, from + i);
      sum = left.fma(FloatVector.fromArray(SPECIES, x, other + i), sum);
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// Returns `Σ weight x²`.
  static float sumOfSquares(
      float[] x, int from, int count, float[] weights, int at, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, from + i);
      sum = value.mul(value).fma(FloatVector.fromArray(SPECIES, weights, at + i), sum);
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }
}
