package dev.segue.data.report;

import java.util.Arrays;

/// Where some numbers lie; all values are 0 when there are none.
///
/// @param count how many
/// @param min the least
/// @param median the middle, the mean of the two middle ones for an even count
/// @param mean the average
/// @param percentile90 the least value that at least nine tenths do not exceed
/// @param max the greatest
public record Summary(
    int count, double min, double median, double mean, double percentile90, double max) {

  /// Returns the summary of some numbers.
  public static Summary of(double[] values) {
    if (values.length == 0) {
      return new Summary(0, 0, 0, 0, 0, 0);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    double mean = Arrays.stream(sorted).average().orElse(0);
    double percentile90 = sorted[(int) Math.ceil(0.9 * n) - 1];
    return new Summary(n, sorted[0], median, mean, percentile90, sorted[n - 1]);
  }
}
