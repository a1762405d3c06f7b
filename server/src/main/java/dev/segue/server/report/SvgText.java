package dev.segue.server.report;

import java.util.Locale;

/// Parts of charts that are written by hand, as SVG.
final class SvgText {
  /// The number of what is no series of the page.
  static final int OTHERS = -1;

  private SvgText() {}

  /// Opens a picture.
  static String open(int width, int height, String id, String title) {
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title\">%n<title id=\"%s-title\">%s</title>%n"
        .formatted(width, height, id, id, Html.text(title));
  }

  /// Returns a line.
  ///
  /// @param kind `grid`, or `ink` for one that is meant to be seen
  static String line(double x1, double y1, double x2, double y2, String kind) {
    String colour = kind.equals("grid") ? "var(--grid)" : "currentColor";
    return String.format(
        Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>%n", x1, y1, x2, y2, colour);
  }

  /// Returns a text whose middle is at a height.
  ///
  /// @param anchor `start`, `middle` or `end`
  static String text(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" dy=\".35em\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        Html.text(text));
  }

  /// Returns the point of a series: colour and shape tell which.
  static String mark(int series, double x, double y) {
    String shape =
        switch (series % 6) {
          case 0 -> "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
          case 1 -> "M-3.6 -3.6h7.2v7.2h-7.2z";
          case 2 -> "M0 -4.8l4.6 8.2h-9.2z";
          case 3 -> "M0 -5l5 5l-5 5l-5 -5z";
          case 4 -> "M0 4.8l4.6 -8.2h-9.2z";
          default -> "M-4.5 -1.3h3.2v-3.2h2.6v3.2h3.2v2.6h-3.2v3.2h-2.6v-3.2h-3.2z";
        };
    return String.format(
        Locale.ROOT,
        "<path transform=\"translate(%.1f %.1f)\" d=\"%s\" fill=\"%s\"/>%n",
        x,
        y,
        shape,
        colour(series));
  }

  /// Returns the colour of a series.
  static String colour(int series) {
    return series == OTHERS
        ? "var(--quiet)"
        : String.format(Locale.ROOT, "#%06x", Inks.series(series).getRGB() & 0xFFFFFF);
  }
}
