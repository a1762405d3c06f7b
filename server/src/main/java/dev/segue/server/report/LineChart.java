package dev.segue.server.report;

import dev.segue.engine.Interval;
import java.util.List;
import java.util.Locale;

/// Lines over a few places from left to right, with a bar at each point where its interval is
/// known. As narrow as a phone, so that its letters stay readable there; text and grid have the
/// colours of the page. Lines differ by the shape of their points too.
///
/// @param places names of the places
/// @param xTitle what the places are
/// @param series at most six lines
/// @param fromZero whether the vertical axis starts at 0
/// @param joined whether points are joined: the places have an order
record LineChart(
    List<String> places, String xTitle, List<Series> series, boolean fromZero, boolean joined) {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 250;
  private static final int LEFT = 46;
  private static final int RIGHT = 10;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;

  /// A line.
  ///
  /// @param name of the line
  /// @param points one for each place; not a number where there is none
  record Series(String name, List<Interval> points) {
    /// A place without a point.
    static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

    Series {
      points = List.copyOf(points);
    }
  }

  LineChart {
    places = List.copyOf(places);
    series = List.copyOf(series);
  }

  /// Returns the chart and its legend as HTML.
  ///
  /// @param id a name that is unique in the page
  /// @param title what it shows, for those who cannot see it
  String html(String id, String title) {
    Scale scale = scale();
    StringBuilder svg = new StringBuilder();
    svg.append(SvgText.open(WIDTH, HEIGHT, id, title));
    for (double tick : scale.ticks()) {
      double y = y(scale, tick);
      svg.append(SvgText.line(LEFT, y, WIDTH - RIGHT, y, "grid"));
      svg.append(SvgText.text(LEFT - 6, y, "end", scale.label(tick)));
    }
    int every = Math.ceilDiv(places.size(), 12);
    for (int i = 0; i < places.size(); i += every) {
      svg.append(SvgText.text(x(i), HEIGHT - BOTTOM + 14, "middle", places.get(i)));
    }
    svg.append(SvgText.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", xTitle));
    for (int i = 0; i < series.size(); i++) {
      draw(series.get(i), i, scale, svg);
    }
    return svg.append("</svg>\n").append(legend()).toString();
  }

  private void draw(Series line, int number, Scale scale, StringBuilder svg) {
    String colour = SvgText.colour(number);
    StringBuilder path = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    boolean isDrawing = false;
    // Lines are a little apart, so that their bars do not hide each other.
    double shift = (number - (series.size() - 1) / 2.0) * (joined ? 3 : 9);
    for (int i = 0; i < line.points().size(); i++) {
      Interval point = line.points().get(i);
      if (Double.isNaN(point.value())) {
        isDrawing = false;
        continue;
      }
      double x = x(i) + shift;
      double y = y(scale, point.value());
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", isDrawing ? "L" : "M", x, y));
      isDrawing = true;
      if (point.high() > point.low()) {
        marks.append(
            String.format(
                Locale.ROOT,
                "<path d=\"M%.1f %.1fV%.1f\" stroke=\"%s\" stroke-width=\"1.2\"/>%n",
                x,
                y(scale, point.low()),
                y(scale, point.high()),
                colour));
      }
      if (places.size() <= 24) {
        marks.append(SvgText.mark(number, x, y));
      }
    }
    if (joined) {
      svg.append(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"/>%n"
              .formatted(path, colour));
    }
    svg.append(marks);
  }

  private String legend() {
    StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
    for (int i = 0; i < series.size(); i++) {
      legend
          .append("<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\">")
          .append(SvgText.mark(i, 7, 7).strip())
          .append("</svg>")
          .append(Html.text(series.get(i).name()))
          .append("</li>\n");
    }
    return legend.append("</ul>\n").toString();
  }

  private Scale scale() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series line : series) {
      for (Interval point : line.points()) {
        if (!Double.isNaN(point.value())) {
          low = Math.min(low, point.low());
          high = Math.max(high, point.high());
        }
      }
    }
    return high < low ? Scale.of(0, 1) : Scale.of(fromZero ? 0 : low, high);
  }

  private double x(int place) {
    double step = (double) (WIDTH - LEFT - RIGHT) / places.size();
    return LEFT + step * (place + 0.5);
  }

  private static double y(Scale scale, double value) {
    return TOP + (1 - scale.share(value)) * (HEIGHT - TOP - BOTTOM);
  }
}
