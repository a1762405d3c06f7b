package dev.segue.server.report;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;

/// A square table of percentages, the darker the higher, each written in its cell.
///
/// @param labels of rows from top to bottom and of columns from left to right
/// @param percent `percent[row][column]`, 0 to 100
/// @param xTitle what columns are
/// @param yTitle what rows are
record HeatPicture(List<String> labels, int[][] percent, String xTitle, String yTitle)
    implements Picture {
  private static final int LONGEST_LABEL = 18;
  private static final int CELL_HEIGHT = 64;

  HeatPicture {
    labels = List.copyOf(labels);
  }

  @Override
  public List<String> rowLabels() {
    return columnLabels();
  }

  @Override
  public List<String> columnLabels() {
    return labels.stream().map(label -> Words.shorten(label, LONGEST_LABEL)).toList();
  }

  @Override
  public IChart draw(Inks inks) {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(80 + CELL_HEIGHT * labels.size())
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    ChartStyle.apply(chart.getStyler(), inks);
    AxesChartStyler style = chart.getStyler();
    style
        .setPlotGridLinesVisible(false)
        .setXAxisTickLabelsColor(inks.columnLabel())
        .setYAxisTickLabelsColor(inks.rowLabel())
        .setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right)
        .setXAxisTickMarkSpacingHint(8)
        .setPlotContentSize(1);
    chart
        .getStyler()
        .setMin(0)
        .setMax(100)
        .setRangeColors(Inks.SCALE)
        .setShowValue(true)
        .setValueFont(ChartStyle.FONT.deriveFont(14f))
        .setValueFontColor(Inks.ON_SCALE);
    List<String> distinct = BarPicture.distinct(columnLabels());
    chart.addSeries("values", distinct, distinct.reversed(), cells());
    return chart;
  }

  /// XChart counts rows from the bottom.
  private List<Number[]> cells() {
    List<Number[]> cells = new ArrayList<>();
    int size = labels.size();
    for (int column = 0; column < size; column++) {
      for (int row = 0; row < size; row++) {
        cells.add(new Number[] {column, size - 1 - row, percent[row][column]});
      }
    }
    return cells;
  }
}
