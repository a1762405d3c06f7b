package dev.segue.server.report;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    Map<String, String> chapters = new LinkedHashMap<>();
    sections.forEach(section -> chapters.put(section.id(), section.title()));
    PageShell.open(out, title, subtitle, chapters, "report.css");
    for (Section section : sections) {
      write(section, out);
    }
    PageShell.close(out);
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
      out.write(PageShell.numbers(figure.table()));
    }
    out.write("</article>\n");
  }
}
