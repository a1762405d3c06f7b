package dev.segue.server.report;

import java.awt.Color;
import java.util.List;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.internal.chartpart.IChart;

/// Two horizontal bars for each row: what was and what is.
///
/// @param rows from top to bottom
/// @param before the name of what was
/// @param after the name of what is
/// @param colour of what is
record PairedBarPicture(List<Row> rows, String before, String after, Color colour)
    implements Picture {
  private static final int ROW_HEIGHT = 36;

  PairedBarPicture {
    rows = List.copyOf(rows);
  }

  /// A row.
  record Row(String label, long before, long after) {}

  @Override
  public List<String> rowLabels() {
    return rows.stream()
        .map(row ->
            "%s  %s → %s"
                .formatted(row.label(), Words.number(row.before()), Words.number(row.after())))
        .toList();
  }

  @Override
  public IChart draw(Inks inks) {
    HorizontalBarChart chart = ChartStyle.rows(70 + ROW_HEIGHT * rows.size(), ROW_HEIGHT, inks);
    chart
        .getStyler()
        .setXAxisMax((double) Math.max(1, rows.stream().mapToLong(Row::before).max().orElse(1)))
        .setLegendVisible(true)
        .setSeriesColors(new Color[] {Inks.BEFORE, colour});
    List<String> labels = BarPicture.distinct(rowLabels());
    chart.addSeries(before, rows.stream().map(Row::before).toList(), labels);
    chart.addSeries(after, rows.stream().map(Row::after).toList(), labels);
    return chart;
  }
}
