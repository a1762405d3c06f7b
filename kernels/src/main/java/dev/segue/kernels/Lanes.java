package dev.segue.kernels;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector width of all kernels, fixed when the class loads: the compiler must see a constant,
/// or it boxes every vector. [LaneCount] says which.
final class Lanes {
  static final String PROPERTY = LaneCount.PROPERTY;
  static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorShape.forBitSize(LaneCount.BITS));
  static final int COUNT = SPECIES.length();

  private Lanes() {}

  /// Rounds a count up to whole vectors.
  static int roundUp(int count) {
    return (count + COUNT - 1) / COUNT * COUNT;
  }

  /// Sums the lanes stored at `array[from..from + COUNT)`. The order is ours and fixed: that of
  /// `reduceLanes` is not specified and differs between interpreted and compiled code.
  static float sum(float[] array, int from) {
    float sum0 = array[from];
    float sum1 = array[from + 1];
    float sum2 = array[from + 2];
    float sum3 = array[from + 3];
    for (int i = from + 4; i < from + COUNT; i += 4) {
      sum0 += array[i];
      sum1 += array[i + 1];
      sum2 += array[i + 2];
      sum3 += array[i + 3];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
