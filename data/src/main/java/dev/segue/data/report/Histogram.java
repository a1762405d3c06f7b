package dev.segue.data.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How numbers are distributed over ranges.
///
/// @param logarithmic whether each range is about twice as wide as the one before
/// @param bins the ranges, from the lowest; none is left out between the first and the last
public record Histogram(boolean logarithmic, List<Bin> bins) {
  private static final double[] STEPS = {1, 2, 5};
  private static final int WIDE_RANGE = 10;

  /// Copies the bins.
  public Histogram {
    bins = List.copyOf(bins);
  }

  /// A range and how many numbers lie in it.
  ///
  /// @param from the least number that belongs to it
  /// @param to the end, which belongs to the next range, but for the last range of a linear
  ///   histogram
  /// @param count how many
  public record Bin(double from, double to, long count) {}

  /// Returns how many numbers there are.
  public long total() {
    return bins.stream().mapToLong(Bin::count).sum();
  }

  /// Returns the range with most numbers; of equal ones the lowest.
  ///
  /// @throws IllegalArgumentException when there are no ranges
  public Bin fullest() {
    return bins.stream()
        .reduce((best, bin) -> bin.count() > best.count() ? bin : best)
        .orElseThrow(() -> new IllegalArgumentException("histogram: expected ranges, got none"));
  }

  /// Returns a histogram that suits the numbers: linear, or logarithmic where none is negative and
  /// the greatest is more than 10 times the median.
  ///
  /// @param values numbers, all finite
  /// @param mostBins about how many linear ranges
  public static Histogram of(double[] values, int mostBins) {
    Summary summary = Summary.of(values);
    boolean wide = summary.min() >= 0 && summary.max() > WIDE_RANGE * Math.max(1, summary.median());
    return wide ? logarithmic(values) : linear(values, mostBins);
  }

  /// Returns equal ranges whose width is 1, 2 or 5 times a power of ten.
  public static Histogram linear(double[] values, int mostBins) {
    Summary summary = Summary.of(values);
    double size = Math.max(Math.abs(summary.min()), Math.abs(summary.max()));
    double spread = summary.max() - summary.min();
    double width = niceWidth(Math.max(spread == 0 ? 1 : spread / mostBins, size * 1e-9));
    // The last range takes its end in, so that scores of 100 do not get a range of their own.
    return equal(values, width, Math.ceil(summary.max() / width) - 1);
  }

  /// Returns equal ranges for whole numbers, whose width is 1, 2 or 5 times a power of ten but at
  /// least 1; no range takes its end in.
  public static Histogram whole(double[] values, int mostBins) {
    Summary summary = Summary.of(values);
    double width = niceWidth(Math.max((summary.max() - summary.min() + 1) / mostBins, 1));
    return equal(values, width, Math.floor(summary.max() / width));
  }

  private static Histogram equal(double[] values, double width, double lastBin) {
    if (values.length == 0) {
      return new Histogram(false, List.of());
    }
    double first = Math.floor(Summary.of(values).min() / width);
    long[] counts = new long[(int) Math.max(1, lastBin - first + 1)];
    for (double value : values) {
      double at = Math.floor(value / width) - first;
      counts[(int) Math.clamp(at, 0, counts.length - 1)]++;
    }
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      bins.add(new Bin((first + i) * width, (first + i + 1) * width, counts[i]));
    }
    return new Histogram(false, bins);
  }

  /// Returns the ranges 0 to 1, 1 to 2, 2 to 5, 5 to 10, 10 to 20 and so on, as far as numbers go.
  public static Histogram logarithmic(double[] values) {
    if (values.length == 0) {
      return new Histogram(true, List.of());
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted[0] < 0) {
      throw new IllegalArgumentException(
          "histogram: expected numbers of at least 0, got " + sorted[0]);
    }
    List<Bin> bins = new ArrayList<>();
    int at = 0;
    double from = 0;
    for (int step = 0; at < sorted.length; step++) {
      int decade = step / STEPS.length;
      double to = STEPS[step % STEPS.length] * Math.pow(10, decade);
      int start = at;
      while (at < sorted.length && sorted[at] < to) {
        at++;
      }
      if (at > 0) {
        bins.add(new Bin(from, to, at - start));
      }
      from = to;
    }
    return new Histogram(true, bins);
  }

  private static double niceWidth(double least) {
    if (!(least > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double step : STEPS) {
      if (step * power >= least * (1 - 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
