package dev.segue.server.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.internal.chartpart.IChart;

/// Horizontal bars from top to bottom, each with its label and value on the left, where they are
/// readable however short the bar is.
///
/// @param bars from top to bottom
/// @param colour of the bars
record BarPicture(List<Bar> bars, Color colour) implements Picture {
  private static final int ROW_HEIGHT = 24;
  private static final int LONGEST_LABEL = 36;

  BarPicture {
    bars = List.copyOf(bars);
  }

  /// A bar.
  ///
  /// @param label what it stands for
  /// @param value how long it is
  /// @param text the value as it is shown
  record Bar(String label, double value, String text) {
    static Bar of(String label, long count) {
      return new Bar(label, count, Words.number(count));
    }
  }

  @Override
  public List<String> rowLabels() {
    return bars.stream()
        .map(bar -> Words.beforeNumber(Words.shorten(bar.label(), LONGEST_LABEL)) + bar.text())
        .toList();
  }

  @Override
  public IChart draw(Inks inks) {
    HorizontalBarChart chart = ChartStyle.rows(30 + ROW_HEIGHT * bars.size(), ROW_HEIGHT, inks);
    chart.getStyler().setSeriesColors(new Color[] {colour});
    // XChart needs distinct labels and a bar that is longer than nothing.
    chart.addSeries("values", values(), distinct(rowLabels()));
    if (bars.stream().allMatch(bar -> bar.value() == 0)) {
      chart.getStyler().setXAxisMax(1.0);
    }
    return chart;
  }

  private List<Double> values() {
    return new ArrayList<>(bars.stream().map(Bar::value).toList());
  }

  /// Returns the labels with invisible marks behind those that occur before.
  static List<String> distinct(List<String> labels) {
    List<String> distinct = new ArrayList<>();
    for (String label : labels) {
      int before = Collections.frequency(labels.subList(0, distinct.size()), label);
      distinct.add(label + "\u200B".repeat(before));
    }
    return distinct;
  }
}
