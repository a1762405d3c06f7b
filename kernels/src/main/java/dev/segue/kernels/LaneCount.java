package dev.segue.kernels;

import jdk.incubator.vector.VectorShape;

/// How many floats a vector has, known before any vector class is loaded: that takes 15 ms. The
/// system property `segue.vectorBits` (128, 256 or 512) forces a width, for tests and measurements.
final class LaneCount {
  static final String PROPERTY = "segue.vectorBits";
  static final int BITS = bits(System.getProperty(PROPERTY, "preferred"));
  static final int COUNT = BITS / Float.SIZE;

  private LaneCount() {}

  private static int bits(String bits) {
    return switch (bits) {
      case "128" -> 128;
      case "256" -> 256;
      case "512" -> 512;
      case "preferred" -> VectorShape.preferredShape().vectorBitSize();
      default ->
          throw new BackendUnavailableException(
              "backend: %s, expected 128, 256 or 512, got %s".formatted(PROPERTY, bits));
    };
  }
}
