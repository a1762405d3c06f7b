package dev.segue.server.report;

import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.IChart;

/// Draws a picture as an SVG element that is a part of a page: text and grid have the colours of
/// the page, names inside it are its own, numbers have no more digits than can be seen.
final class SvgPicture {
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{2,}(?:[eE]-?\\d+)?");
  private static final Pattern CLIP_NAME = Pattern.compile("clip(-?\\d+)");

  private SvgPicture() {}

  /// Returns the element.
  ///
  /// @param picture what to draw
  /// @param id a name that is unique in the page
  /// @param title what it shows, for those who cannot see it
  static String of(Picture picture, String id, String title) throws IOException {
    Inks inks = Inks.page();
    SvgCanvas canvas = new SvgCanvas(inks);
    IChart chart = picture.draw(inks);
    int width = chart.getWidth();
    int height = chart.getHeight();
    chart.paint(canvas, width, height);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new SVGProcessor()
        .getDocument(canvas.getCommands(), new PageSize(0, 0, width, height))
        .writeTo(bytes);
    String svg = bytes.toString(StandardCharsets.UTF_8);
    int start = svg.indexOf('>', svg.indexOf("<svg")) + 1;
    String body = svg.substring(start, svg.lastIndexOf("</svg>"));
    return """
    <svg viewBox="0 0 %d %d" role="img" aria-labelledby="%s-title">
    <title id="%s-title">%s</title>
    %s%s</svg>
    """
        .formatted(
            width, height, id, id, Html.text(title), forPage(body, id), labels(picture, canvas));
  }

  private static String forPage(String body, String id) {
    String coloured =
        body.replace("rgb(1,1,1)", "currentColor").replace("rgb(4,4,4)", "var(--grid)");
    String named = CLIP_NAME.matcher(coloured).replaceAll(id + "-clip$1");
    String rounded = LONG_NUMBER.matcher(named).replaceAll(number -> round(number.group()));
    return rounded
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String round(String number) {
    double value = Math.round(Double.parseDouble(number) * 100) / 100.0;
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static String labels(Picture picture, SvgCanvas canvas) {
    StringBuilder text = new StringBuilder();
    List<SvgCanvas.Spot> rows =
        canvas.rowSpots().stream()
            .sorted(Comparator.comparingDouble(SvgCanvas.Spot::height))
            .toList();
    List<SvgCanvas.Spot> columns =
        canvas.columnSpots().stream()
            .sorted(Comparator.comparingDouble(SvgCanvas.Spot::centre))
            .toList();
    for (int i = 0; i < Math.min(rows.size(), picture.rowLabels().size()); i++) {
      text.append(label(right(rows), rows.get(i), "end", picture.rowLabels().get(i)));
    }
    for (int i = 0; i < Math.min(columns.size(), picture.columnLabels().size()); i++) {
      text.append(
          label(columns.get(i).centre(), columns.get(i), "middle", picture.columnLabels().get(i)));
    }
    return text.toString();
  }

  /// Rows end at one place; XChart is a little off with letters that run from right to left.
  private static double right(List<SvgCanvas.Spot> rows) {
    return rows.stream()
        .mapToDouble(SvgCanvas.Spot::right)
        .sorted()
        .skip(rows.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static String label(double x, SvgCanvas.Spot spot, String anchor, String label) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" dy=\".35em\" text-anchor=\"%s\">%s</text>\n",
        x,
        spot.height(),
        anchor,
        Html.text(label));
  }
}
