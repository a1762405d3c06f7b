package dev.segue.data.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds years in dates of any form.
final class Years {
  private static final Pattern YEAR = Pattern.compile("(?<!\\d)(1[0-9]{3}|20[0-9]{2})(?!\\d)");

  private Years() {}

  /// Returns the year of a date such as `03/02/2023`, `2023-03-02` or `March 1999`, or -1.
  static int of(String timestamp) {
    Matcher year = YEAR.matcher(timestamp);
    return year.find() ? Integer.parseInt(year.group()) : -1;
  }

  /// Returns a count for every year from the first to the last.
  static List<NamedCount> withGaps(Map<Integer, Long> counts) {
    List<NamedCount> years = new ArrayList<>();
    if (counts.isEmpty()) {
      return years;
    }
    TreeMap<Integer, Long> sorted = new TreeMap<>(counts);
    for (int year = sorted.firstKey(); year <= sorted.lastKey(); year++) {
      years.add(new NamedCount(String.valueOf(year), sorted.getOrDefault(year, 0L)));
    }
    return years;
  }
}
