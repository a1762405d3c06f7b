package dev.segue.kernels;

/// What [QuantisedBounds] computes, bit for bit, by plain loops; see [PlainDots].
final class PlainBounds {
  private static final int PANEL = QuantisedIndex.PANEL;

  private PlainBounds() {}

  /// As [QuantisedBounds#coarse].
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
    float scale = query.scale();
    float slack = query.coarseSlack();
    float length = query.length();
    for (int lane = 0; lane < PANEL; lane++) {
      float shift = Math.fma((float) sums[at + lane], scale, slack);
      float bound = Math.fma(steps[item + lane], shift, offsets[item + lane]);
      upper[to + lane] = Math.fma(radii[item + lane], length, bound);
    }
    return reaching(upper, to, threshold);
  }

  /// As [QuantisedBounds#reaching].
  static long reaching(float[] upper, int at, float threshold) {
    long reaching = 0;
    for (int lane = 0; lane < PANEL; lane++) {
      if (upper[at + lane] >= threshold) {
        reaching |= 1L << lane;
      }
    }
    return reaching;
  }
}
