package dev.segue.kernels;

/// What [Dots] computes, bit for bit, by plain loops: for the first answers of a program, when
/// vectors would be objects that an interpreter makes. Compiled, it takes three times as long.
///
/// A lane of a vector is a sum of its own here, and the lanes are added in the order of
/// [Lanes#sum].
final class PlainDots {
  /// Chains that are summed side by side, and lanes that [Lanes#sum] adds side by side.
  private static final int CHAINS = 4;

  private PlainDots() {}

  /// Computes `out[outAt + i] = query · row_i` for the `rows` rows that start at `table[at]`.
  ///
  /// @param query at `queryAt`, as long as a row
  static void times(
      float[] query,
      int queryAt,
      int length,
      float[] table,
      int at,
      int rows,
      float[] out,
      int outAt) {
    for (int i = 0; i < rows; i++) {
      out[outAt + i] = dot(query, queryAt, table, at + i * length, length);
    }
  }

  private static float dot(float[] query, int queryAt, float[] table, int at, int length) {
    int body = length - length % LaneCount.COUNT;
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int lane = 0; lane < LaneCount.COUNT; lane += CHAINS) {
      float chain0 = 0;
      float chain1 = 0;
      float chain2 = 0;
      float chain3 = 0;
      for (int p = lane; p < body; p += LaneCount.COUNT) {
        chain0 = Math.fma(query[queryAt + p], table[at + p], chain0);
        chain1 = Math.fma(query[queryAt + p + 1], table[at + p + 1], chain1);
        chain2 = Math.fma(query[queryAt + p + 2], table[at + p + 2], chain2);
        chain3 = Math.fma(query[queryAt + p + 3], table[at + p + 3], chain3);
      }
      // The first lanes are taken as they are: 0 + −0 is not −0.
      sum0 = lane == 0 ? chain0 : sum0 + chain0;
      sum1 = lane == 0 ? chain1 : sum1 + chain1;
      sum2 = lane == 0 ? chain2 : sum2 + chain2;
      sum3 = lane == 0 ? chain3 : sum3 + chain3;
    }
    float sum = (sum0 + sum1) + (sum2 + sum3);
    for (int p = body; p < length; p++) {
      sum = Math.fma(query[queryAt + p], table[at + p], sum);
    }
    return sum;
  }
}
