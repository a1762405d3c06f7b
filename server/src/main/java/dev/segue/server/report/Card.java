package dev.segue.server.report;

import java.util.List;

/// A part of the page on an evaluation.
///
/// @param id name that is unique in the page
/// @param title what it is about
/// @param reading what it shows, as text
/// @param body as HTML
/// @param numbers a table to look at when asked for, maybe empty
/// @param wide whether it takes the whole width
record Card(
    String id,
    String title,
    String reading,
    String body,
    List<List<String>> numbers,
    boolean wide) {
  Card {
    numbers = List.copyOf(numbers);
  }

  /// Returns the card as HTML.
  String html() {
    return """
    <article id="%s"%s>
    <h3>%s</h3>
    <p>%s</p>
    %s%s</article>
    """
        .formatted(
            id,
            wide ? " class=\"wide\"" : "",
            Html.text(title),
            Html.text(reading),
            body,
            numbers.isEmpty() ? "" : PageShell.numbers(numbers));
  }
}
