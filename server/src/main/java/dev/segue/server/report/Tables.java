package dev.segue.server.report;

import dev.segue.data.report.Histogram;
import dev.segue.data.report.NamedCount;
import java.util.ArrayList;
import java.util.List;

/// The numbers behind pictures, as rows of cells with a heading.
final class Tables {
  private Tables() {}

  static List<List<String>> of(String what, String count, List<NamedCount> counts) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of(what, count));
    counts.forEach(entry -> table.add(List.of(entry.name(), Words.number(entry.count()))));
    return table;
  }

  static List<List<String>> of(String what, String count, Histogram histogram) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of(what + " from", "below", count));
    for (Histogram.Bin bin : histogram.bins()) {
      table.add(
          List.of(Words.number(bin.from()), Words.number(bin.to()), Words.number(bin.count())));
    }
    return table;
  }

  static List<List<String>> of(String corner, List<String> labels, int[][] percent) {
    List<List<String>> table = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of(corner));
    heading.addAll(labels);
    table.add(heading);
    for (int row = 0; row < percent.length; row++) {
      List<String> cells = new ArrayList<>(List.of(labels.get(row)));
      for (int value : percent[row]) {
        cells.add(value + " %");
      }
      table.add(cells);
    }
    return table;
  }
}
