package dev.segue.server.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes the report as one HTML file that needs nothing else: style, charts and numbers are in it.
final class ReportPage {
  private final String title;
  private final String subtitle;
  private final List<Section> sections;

  ReportPage(String title, String subtitle, List<Section> sections) {
    this.title = title;
    this.subtitle = subtitle;
    this.sections = sections;
  }

  void writeTo(Writer out) throws IOException {
    out.write(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <h1>%s</h1>
        <p>%s</p>
        <nav aria-label="Chapters">
        """
            .formatted(Html.text(title), style(), Html.text(title), Html.text(subtitle)));
    for (Section section : sections) {
      out.write("<a href=\"#%s\">%s</a>%n".formatted(section.id(), Html.text(section.title())));
    }
    out.write("</nav>\n</header>\n<main>\n");
    for (Section section : sections) {
      write(section, out);
    }
    out.write("</main>\n</body>\n</html>\n");
  }

  private static void write(Section section, Writer out) throws IOException {
    out.write(
        "<section id=\"%s\">%n<h2>%s</h2>%n<div class=\"figures\">%n"
            .formatted(section.id(), Html.text(section.title())));
    for (Figure figure : section.figures()) {
      write(figure, out);
    }
    out.write("</div>\n</section>\n");
  }

  private static void write(Figure figure, Writer out) throws IOException {
    out.write(
        """
        <article id="%s">
        <h3>%s</h3>
        <p>%s</p>
        """
            .formatted(figure.id(), Html.text(figure.title()), Html.text(figure.reading())));
    if (figure.picture() != null) {
      String spoken = figure.title() + ". " + figure.reading();
      out.write(SvgPicture.of(figure.picture(), figure.id(), spoken));
    }
    if (!figure.table().isEmpty()) {
      writeTable(figure.table(), out);
    }
    out.write("</article>\n");
  }

  private static void writeTable(List<List<String>> table, Writer out) throws IOException {
    out.write("<details>\n<summary>Numbers</summary>\n<table>\n");
    for (int row = 0; row < table.size(); row++) {
      String tag = row == 0 ? "th" : "td";
      out.write("<tr>");
      for (String cell : table.get(row)) {
        out.write("<%s dir=\"auto\">%s</%s>".formatted(tag, Html.text(cell), tag));
      }
      out.write("</tr>\n");
    }
    out.write("</table>\n</details>\n");
  }

  private static String style() throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
