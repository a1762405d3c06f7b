package dev.segue.server.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An axis with round numbers.
///
/// @param low its beginning
/// @param high its end
/// @param step between two ticks
record Scale(double low, double high, double step) {
  private static final int MOST_STEPS = 5;

  /// Returns the shortest axis with at most five steps of 1, 2, 2.5 or 5 times a power of ten that
  /// holds both numbers.
  static Scale of(double low, double high) {
    double span = Math.max(high - low, 1e-9 * Math.max(1, Math.abs(high)));
    double power = Math.pow(10, Math.floor(Math.log10(span / MOST_STEPS)));
    for (double factor : new double[] {1, 2, 2.5, 5, 10, 20, 25, 50}) {
      double step = factor * power;
      double from = Math.floor(low / step + 1e-9) * step;
      double to = Math.ceil(high / step - 1e-9) * step;
      if (to - from <= (MOST_STEPS + 0.5) * step) {
        return new Scale(from, Math.max(to, from + step), step);
      }
    }
    return new Scale(low, high, span);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; low + i * step <= high + step / 2; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /// Returns where a value stands, 0 at the beginning and 1 at the end.
  double share(double value) {
    return (value - low) / (high - low);
  }

  /// Returns a tick with as many digits as tell ticks apart.
  String label(double tick) {
    int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) + 1e-9));
    boolean isQuarter = Math.abs(step * Math.pow(10, digits) % 1) > 1e-6;
    double value = Math.abs(tick) < step / 1000 ? 0 : tick;
    return String.format(Locale.ROOT, "%." + (isQuarter ? digits + 1 : digits) + "f", value);
  }
}
