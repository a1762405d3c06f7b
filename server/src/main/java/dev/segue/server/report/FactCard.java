package dev.segue.server.report;

import java.util.List;
import java.util.Map;

/// The card on how the page came to be.
final class FactCard {
  private FactCard() {}

  static Card of(Map<String, String> facts) {
    StringBuilder list = new StringBuilder("<dl>\n");
    facts.forEach((what, value) ->
        list.append("<dt>")
            .append(Html.text(what))
            .append("</dt><dd>")
            .append(Html.text(value))
            .append("</dd>\n"));
    return new Card(
        "facts",
        "Data, settings, versions, command",
        "Enough to make this page again.",
        list.append("</dl>\n").toString(),
        List.of(),
        true);
  }
}
