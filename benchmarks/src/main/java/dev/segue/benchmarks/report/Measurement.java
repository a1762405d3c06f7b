package dev.segue.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One contender in one case.
///
/// @param contender its name, with the `-XX` options of its JVM
/// @param measuredCase the other parameters, in words
/// @param jvms for each fresh JVM what its iterations gave
/// @param ninetieth the 90th percentile of calls, or NaN
record Measurement(String contender, String measuredCase, List<double[]> jvms, double ninetieth) {
  /// Reads a result of JMH.
  static Measurement of(JsonNode result, Family family) {
    JsonNode metric =
        switch (family.value()) {
          case GIGA_FLOPS -> result.path("secondaryMetrics").path("flops");
          case EVENTS -> result.path("secondaryMetrics").path("events");
          case MILLIS, RATE, PERCENTILES, SINGLE -> result.path("primaryMetric");
        };
    List<double[]> jvms = new ArrayList<>();
    double ninetieth = Double.NaN;
    if (family.value() == Family.Value.PERCENTILES) {
      JsonNode percentiles = metric.path("scorePercentiles");
      jvms.add(new double[] {percentiles.path("50.0").asDouble()});
      ninetieth = percentiles.path("90.0").asDouble();
    } else {
      for (JsonNode jvm : metric.path("rawData")) {
        double[] values = new double[jvm.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = shown(jvm.get(i).asDouble(), family.value());
        }
        jvms.add(values);
      }
    }
    String contender = result.path("params").path("contender").asText() + options(result);
    return new Measurement(contender, words(result.path("params")), jvms, ninetieth);
  }

  private static String options(JsonNode result) {
    return result
        .path("jvmArgs")
        .valueStream()
        .map(JsonNode::asText)
        .filter(argument -> argument.startsWith("-XX:"))
        .map(option -> " " + option)
        .collect(Collectors.joining());
  }

  private static double shown(double value, Family.Value kind) {
    return switch (kind) {
      case GIGA_FLOPS -> value / 1e9;
      case MILLIS -> 1000 / value;
      case RATE -> 1000 * value;
      case EVENTS, PERCENTILES, SINGLE -> value;
    };
  }

  private static String words(JsonNode params) {
    return params
        .propertyStream()
        .filter(entry -> !entry.getKey().equals("contender"))
        .map(entry -> word(entry.getKey(), entry.getValue().asText()))
        .collect(Collectors.joining(", "));
  }

  private static String word(String key, String value) {
    return switch (key) {
      case "threads" -> value.equals("1") ? "1 thread" : value + " threads";
      case "items" -> String.format(Locale.ROOT, "%,d items", Long.parseLong(value));
      default -> "`" + value + "`";
    };
  }

  /// Returns the median of all values.
  double median() {
    return median(all());
  }

  /// Returns the median of each JVM, ascending.
  double[] medians() {
    return jvms.stream().mapToDouble(Measurement::median).sorted().toArray();
  }

  private double[] all() {
    return jvms.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /// Returns the median with the range of all values, or with the 90th percentile.
  String cell() {
    if (!Double.isNaN(ninetieth)) {
      return "%s (p90 %s)".formatted(number(median()), number(ninetieth));
    }
    double[] all = all();
    return all.length == 1
        ? number(all[0])
        : "%s (%s to %s)".formatted(number(median()), number(all[0]), number(all[all.length - 1]));
  }

  /// Returns three digits that count, or all before the point.
  static String number(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
