package dev.segue.server.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What all pages have: one HTML file that needs nothing else, its style in it.
final class PageShell {
  private PageShell() {}

  /// Writes all before the chapters.
  ///
  /// @param chapters titles by id, for the links at the top
  /// @param styles names of style sheets
  static void open(
      Writer out, String title, String subtitle, Map<String, String> chapters, String... styles)
      throws IOException {
    StringBuilder style = new StringBuilder();
    for (String name : styles) {
      style.append(style(name));
    }
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
            .formatted(Html.text(title), style, Html.text(title), Html.text(subtitle)));
    for (Map.Entry<String, String> chapter : chapters.entrySet()) {
      out.write(
          "<a href=\"#%s\">%s</a>%n".formatted(chapter.getKey(), Html.text(chapter.getValue())));
    }
    out.write("</nav>\n</header>\n<main>\n");
  }

  /// Writes all after the chapters.
  static void close(Writer out) throws IOException {
    out.write("</main>\n</body>\n</html>\n");
  }

  /// Returns a table whose first row is the heading.
  static String table(List<List<String>> rows) {
    StringBuilder table = new StringBuilder("<table>\n");
    for (int row = 0; row < rows.size(); row++) {
      String tag = row == 0 ? "th" : "td";
      table.append("<tr>");
      for (String cell : rows.get(row)) {
        table.append("<%s dir=\"auto\">%s</%s>".formatted(tag, Html.text(cell), tag));
      }
      table.append("</tr>\n");
    }
    return table.append("</table>\n").toString();
  }

  /// Returns a table that is shown when it is asked for.
  static String numbers(List<List<String>> rows) {
    return "<details>\n<summary>Numbers</summary>\n" + table(rows) + "</details>\n";
  }

  private static String style(String name) throws IOException {
    try (InputStream in = PageShell.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
