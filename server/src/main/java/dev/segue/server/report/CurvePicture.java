package dev.segue.server.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Falling counts by rank, both axes logarithmic, where a power law is a straight line.
///
/// @param counts of rank 1, 2 and so on, all above 0
/// @param xTitle what is ranked
/// @param yTitle what is counted
/// @param colour of the line
record CurvePicture(long[] counts, String xTitle, String yTitle, Color colour) implements Picture {
  private static final int HEIGHT = 340;
  private static final int POINTS = 240;

  @Override
  public IChart draw(Inks inks) {
    XYChart chart =
        new XYChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(HEIGHT)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    ChartStyle.apply(chart.getStyler(), inks);
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setXAxisLogarithmicDecadeOnly(true)
        .setYAxisLogarithmicDecadeOnly(true)
        .setPlotGridVerticalLinesVisible(true)
        .setXAxisTickLabelsFormattingFunction(Words::compact)
        .setYAxisTickLabelsFormattingFunction(Words::compact)
        .setSeriesColors(new Color[] {colour});
    int[] ranks = ranks(counts.length);
    XYSeries series =
        chart.addSeries(
            "values",
            Arrays.stream(ranks).asDoubleStream().toArray(),
            Arrays.stream(ranks).mapToDouble(rank -> counts[rank - 1]).toArray());
    series.setMarker(SeriesMarkers.NONE);
    series
        .setLineColor(colour)
        .setLineStyle(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    return chart;
  }

  /// Returns the ranks that are drawn: all where there are few, else spread evenly on the axis.
  static int[] ranks(int last) {
    return IntStream.rangeClosed(0, POINTS)
        .map(i -> (int) Math.round(Math.pow(last, (double) i / POINTS)))
        .distinct()
        .toArray();
  }
}
