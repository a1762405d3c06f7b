package dev.segue.kernels;

import static jdk.incubator.vector.VectorOperators.S2F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Turns the sums of [QuantisedDots] into upper bounds of scores. Formulas: [QuantisedSearch].
final class QuantisedBounds {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int COUNT = Lanes.COUNT;
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Short.SIZE * COUNT));
  private static final int PANEL = QuantisedIndex.PANEL;

  private QuantisedBounds() {}

  /// Computes `U_j = offset_j + δ_j (θ T_j + c) + a W_j` of a panel and returns a bit for each item
  /// with `U_j ≥ threshold`.
  ///
  /// @param sums T at `at`
  /// @param item the panel's first item
  /// @param upper receives U at `to`
  static long coarse(
      short[] sums,
      int at,
      QuantisedIndex index,
      int item,
      QuantisedQuery query,
      float threshold,
      float[] upper,
      int to) {
    float[] steps = index.steps();
    float[] radii = index.coarseRadii();
    float[] offsets = index.offsets();
    FloatVector scale = FloatVector.broadcast(SPECIES, query.scale());
    FloatVector slack = FloatVector.broadcast(SPECIES, query.coarseSlack());
    FloatVector length = FloatVector.broadcast(SPECIES, query.length());
    long reaching = 0;
    for (int lane = 0; lane < PANEL; lane += COUNT) {
      FloatVector sum =
          (FloatVector)
              ShortVector.fromArray(SHORTS, sums, at + lane).convertShape(S2F, SPECIES, 0);
      FloatVector bound =
          FloatVector.fromArray(SPECIES, steps, item + lane)
              .fma(sum.fma(scale, slack), FloatVector.fromArray(SPECIES, offsets, item + lane));
      bound = FloatVector.fromArray(SPECIES, radii, item + lane).fma(length, bound);
      bound.intoArray(upper, to + lane);
      reaching |= bound.compare(VectorOperators.GE, threshold).toLong() << lane;
    }
    return reaching;
  }

  /// Returns a bit for each of the 64 bounds at `at` that reaches the threshold.
  static long reaching(float[] upper, int at, float threshold) {
    long reaching = 0;
    for (int lane = 0; lane < PANEL; lane += COUNT) {
      reaching |=
          FloatVector.fromArray(SPECIES, upper, at + lane)
                  .compare(VectorOperators.GE, threshold)
                  .toLong()
              << lane;
    }
    return reaching;
  }
}
