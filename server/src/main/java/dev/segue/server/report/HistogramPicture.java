package dev.segue.server.report;

import dev.segue.data.report.Histogram;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A distribution: equal ranges on an axis of numbers, growing ones as bars of one width.
///
/// @param histogram at least one range
/// @param xTitle what is measured
/// @param yTitle what is counted
/// @param axis what kind of numbers stand below
/// @param colour of the area
record HistogramPicture(Histogram histogram, String xTitle, String yTitle, Axis axis, Color colour)
    implements Picture {
  private static final int HEIGHT = 300;

  /// What kind of numbers a distribution is over.
  enum Axis {
    /// Any numbers: marks stand between ranges.
    NUMBERS,
    /// Whole numbers, years among them: a range of one of them has its mark in the middle, and
    /// round ones are marked.
    WHOLE
  }

  @Override
  public IChart draw(Inks inks) {
    return histogram.logarithmic() ? bars(inks) : area(inks);
  }

  private IChart area(Inks inks) {
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
        .setYAxisMin(0.0)
        .setYAxisTickLabelsFormattingFunction(Words::compact)
        .setXAxisTickMarkSpacingHint(50)
        .setXAxisDecimalPattern("#,##0.##")
        .setPlotContentSize(0.98)
        .setSeriesColors(new Color[] {colour});
    if (isOfSingleNumbers()) {
      markRoundNumbers(chart.getStyler());
    }
    XYSeries series = chart.addSeries("values", outlineX(), outlineY());
    series
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area)
        .setMarker(SeriesMarkers.NONE)
        .setFillColor(colour);
    series.setLineColor(colour).setLineStyle(new BasicStroke(1));
    return chart;
  }

  private boolean isOfSingleNumbers() {
    Histogram.Bin first = histogram.bins().getFirst();
    return axis != Axis.NUMBERS && first.to() - first.from() == 1;
  }

  /// XChart takes steps such as 7 from the first number; a mark for every number, of which few are
  /// written, is the way to round ones.
  private void markRoundNumbers(AxesChartStyler style) {
    double first = histogram.bins().getFirst().from() - 1;
    double span = histogram.bins().getLast().to() - first;
    int step = span > 160 ? 50 : span > 60 ? 10 : span > 15 ? 5 : 1;
    style
        .setXAxisMin(Math.floor(first / step) * step)
        .setXAxisTickMarkSpacingHint(2)
        .setXAxisTickLabelsFormattingFunction(
            number -> number % step == 0 ? String.valueOf(Math.round(number)) : " ");
  }

  /// Each range is a flat piece from its start to its end; the outline starts and ends at 0.
  private double[] outlineX() {
    List<Histogram.Bin> bins = histogram.bins();
    double[] x = new double[2 * bins.size() + 2];
    double shift = isOfSingleNumbers() ? 0.5 : 0;
    x[0] = bins.getFirst().from() - shift;
    for (int i = 0; i < bins.size(); i++) {
      x[2 * i + 1] = bins.get(i).from() - shift;
      x[2 * i + 2] = bins.get(i).to() - shift;
    }
    x[x.length - 1] = bins.getLast().to() - shift;
    return x;
  }

  private double[] outlineY() {
    List<Histogram.Bin> bins = histogram.bins();
    double[] y = new double[2 * bins.size() + 2];
    for (int i = 0; i < bins.size(); i++) {
      y[2 * i + 1] = bins.get(i).count();
      y[2 * i + 2] = bins.get(i).count();
    }
    return y;
  }

  private IChart bars(Inks inks) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(HEIGHT)
            .xAxisTitle(xTitle + " (a bar reaches from its label to the next)")
            .yAxisTitle(yTitle)
            .build();
    ChartStyle.apply(chart.getStyler(), inks);
    chart
        .getStyler()
        .setAvailableSpaceFill(0.92)
        .setYAxisMin(0.0)
        .setYAxisTickLabelsFormattingFunction(Words::compact)
        .setXAxisTickMarkSpacingHint(10)
        .setAxisTickLabelsFont(ChartStyle.FONT.deriveFont(histogram.bins().size() > 16 ? 10f : 12f))
        .setPlotContentSize(0.98)
        .setSeriesColors(new Color[] {colour});
    List<Histogram.Bin> bins = histogram.bins();
    chart.addSeries(
        "values",
        bins.stream().map(bin -> Words.compact(bin.from())).toList(),
        bins.stream().map(Histogram.Bin::count).toList());
    return chart;
  }
}
