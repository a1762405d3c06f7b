package dev.segue.server.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/// The look that all charts share.
final class ChartStyle {
  /// The width of a chart in pixels.
  static final int WIDTH = 720;

  /// A logical font: Java takes each letter from whichever font of the machine has it.
  static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private ChartStyle() {}

  static void apply(AxesChartStyler style, Inks inks) {
    style
        .setBaseFont(FONT)
        .setChartTitleVisible(false)
        .setLegendVisible(false)
        .setLegendFont(FONT)
        .setLegendBackgroundColor(inks.background())
        .setLegendBorderColor(inks.background())
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setChartBackgroundColor(inks.background())
        .setPlotBackgroundColor(inks.background())
        .setPlotBorderVisible(false)
        .setChartFontColor(inks.text())
        .setChartPadding(6)
        .setLocale(Locale.ROOT)
        .setXAxisTitleColor(inks.text())
        .setYAxisTitleColor(inks.text());
    style
        .setAxisTitleFont(FONT)
        .setAxisTickLabelsFont(FONT)
        .setAxisTickLabelsColor(inks.text())
        .setXAxisTickLabelsColor(inks.text())
        .setYAxisTickLabelsColor(inks.text())
        .setAxisTickMarksColor(inks.grid())
        .setAxisTicksLineVisible(false)
        .setAxisTicksMarksVisible(false)
        .setPlotGridLinesColor(inks.grid())
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setPlotGridVerticalLinesVisible(false)
        .setPlotMargin(2);
  }

  /// Returns an empty chart of horizontal bars from nothing on, with labels on the left of its rows
  /// and no other axis.
  static HorizontalBarChart rows(int height, int rowHeight, Inks inks) {
    HorizontalBarChart chart = new HorizontalBarChartBuilder().width(WIDTH).height(height).build();
    apply(chart.getStyler(), inks);
    chart
        .getStyler()
        .setAvailableSpaceFill(0.75)
        .setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right)
        .setYAxisTickLabelsColor(inks.rowLabel())
        .setXAxisTicksVisible(false)
        .setXAxisTickMarkSpacingHint(rowHeight / 3)
        .setPlotGridLinesVisible(false)
        .setXAxisMin(0.0)
        .setPlotContentSize(0.99);
    return chart;
  }
}
