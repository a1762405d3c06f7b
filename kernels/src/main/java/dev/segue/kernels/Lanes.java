package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vector width of all kernels, fixed when the class loads: the compiler must see a constant,
/// or it boxes every vector. The system property `segue.vectorBits` (128, 256 or 512) forces one,
/// for tests and measurements.
final class Lanes {
  static final String PROPERTY = "segue.vectorBits";
  static final VectorSpecies<Float> SPECIES = species(System.getProperty(PROPERTY, "preferred"));
  static final int COUNT = SPECIES.length();

  private Lanes() {}

  private static VectorSpecies<Float> species(String bits) {
    return switch (bits) {
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      case "preferred" -> FloatVector.SPECIES_PREFERRED;
      default ->
          throw new BackendUnavailableException(
              "backend: %s, expected 128, 256 or 512, got %s".formatted(PROPERTY, bits));
    };
  }

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
