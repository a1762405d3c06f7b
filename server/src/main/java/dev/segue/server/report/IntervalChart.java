package dev.segue.server.report;

import dev.segue.engine.Interval;
import java.util.List;
import java.util.Locale;

/// Figures with their intervals on one axis, one row each: the name and the figure above its line.
///
/// @param rows from top to bottom
/// @param isDifference whether they are differences, which have a line at 0 and signs
record IntervalChart(List<Row> rows, boolean isDifference) {
  private static final int WIDTH = 420;
  private static final int ROW = 36;
  private static final int TOP = 4;
  private static final int BOTTOM = 22;
  private static final int SIDE = 14;

  /// A row.
  ///
  /// @param colour number of the colour
  record Row(String name, Interval interval, int colour) {}

  IntervalChart {
    rows = List.copyOf(rows);
  }

  /// Returns the chart as SVG.
  String html(String id, String title) {
    int height = TOP + ROW * rows.size() + BOTTOM;
    Scale scale =
        Scale.of(
            Math.min(0, rows.stream().mapToDouble(row -> row.interval().low()).min().orElse(0)),
            Math.max(0, rows.stream().mapToDouble(row -> row.interval().high()).max().orElse(1)));
    StringBuilder svg = new StringBuilder(SvgText.open(WIDTH, height, id, title));
    for (double tick : scale.ticks()) {
      boolean isZero = isDifference && Math.abs(tick) < scale.step() / 1000;
      svg.append(
          SvgText.line(
              x(scale, tick), TOP, x(scale, tick), height - BOTTOM, isZero ? "ink" : "grid"));
      svg.append(SvgText.text(x(scale, tick), height - BOTTOM + 12, "middle", scale.label(tick)));
    }
    for (int i = 0; i < rows.size(); i++) {
      draw(rows.get(i), TOP + ROW * i, scale, svg);
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(Row row, double top, Scale scale, StringBuilder svg) {
    Interval interval = row.interval();
    String format = isDifference ? "%+.4f (%+.4f to %+.4f)" : "%.4f (%.4f to %.4f)";
    String figure =
        String.format(Locale.ROOT, format, interval.value(), interval.low(), interval.high());
    svg.append(SvgText.text(2, top + 10, "start", Words.shorten(row.name(), 34)));
    svg.append(SvgText.text(WIDTH - 2, top + 10, "end", figure));
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%.1f %.1fH%.1f\" stroke=\"%s\" stroke-width=\"4\" stroke-linecap=\"round\"/>%n",
            x(scale, interval.low()),
            top + 26,
            x(scale, interval.high()),
            SvgText.colour(row.colour())));
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\" stroke=\"var(--card)\" stroke-width=\"1.5\"/>%n",
            x(scale, interval.value()),
            top + 26,
            SvgText.colour(row.colour())));
  }

  private static double x(Scale scale, double value) {
    return SIDE + scale.share(value) * (WIDTH - 2 * SIDE);
  }
}
