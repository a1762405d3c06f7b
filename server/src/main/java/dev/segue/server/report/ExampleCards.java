package dev.segue.server.report;

import dev.segue.data.Item;
import dev.segue.engine.ExampleSession;
import java.util.ArrayList;
import java.util.List;

/// Sessions with what models recommended, one card each.
final class ExampleCards {
  private static final int LAST_INPUTS = 8;

  /// How sessions are chosen.
  static final String INTRO =
      "Chosen by place and not by result: the test sessions in the order of their file are cut into"
          + " equal parts, and the middle one of each is shown. The last event is the target; the"
          + " lists are what each model recommends before it.";

  private ExampleCards() {}

  static List<Card> of(List<ExampleSession> examples) {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      cards.add(card(examples.get(i), i + 1, examples.size()));
    }
    return cards;
  }

  private static Card card(ExampleSession example, int number, int of) {
    StringBuilder body = new StringBuilder();
    List<Item> inputs = example.inputs();
    int from = Math.max(0, inputs.size() - LAST_INPUTS);
    body.append("<p class=\"label\">The session so far</p>\n<ol class=\"session\"");
    body.append(from > 0 ? " start=\"%d\">%n".formatted(from + 1) : ">\n");
    inputs.subList(from, inputs.size()).forEach(item -> body.append(line(item, "")));
    body.append("</ol>\n<p class=\"label\">Then came</p>\n<ul class=\"session\">\n");
    body.append(line(example.target(), "target")).append("</ul>\n");
    for (int i = 0; i < example.answers().size(); i++) {
      body.append(answer(example.answers().get(i), example.target(), i == 0));
    }
    return new Card(
        "example-" + number,
        "Session " + example.id(),
        "From part %d of %d of the file.".formatted(number, of),
        body.toString(),
        List.of(),
        false);
  }

  private static String answer(ExampleSession.Answer answer, Item target, boolean isOpen) {
    StringBuilder html = new StringBuilder();
    html.append(
        "<details class=\"answer\"%s>%n<summary>%s: %s</summary>%n<ol>%n"
            .formatted(isOpen ? " open" : "", Html.text(answer.model()), Html.text(rank(answer))));
    for (Item item : answer.list()) {
      html.append(line(item, item.id().equals(target.id()) ? "hit" : ""));
    }
    return html.append("</ol>\n</details>\n").toString();
  }

  private static String rank(ExampleSession.Answer answer) {
    if (answer.rank() == 0) {
      return "does not know the item";
    }
    return answer.rank() <= answer.list().size()
        ? "found at rank " + answer.rank()
        : "not in the list, rank " + Words.number(answer.rank());
  }

  private static String line(Item item, String kind) {
    String mark = kind.equals("hit") ? " <span class=\"tick\">✓</span>" : "";
    return "<li%s><span dir=\"auto\">%s</span> <small>%s</small>%s</li>%n"
        .formatted(
            kind.isEmpty() ? "" : " class=\"" + kind + "\"",
            Html.text(item.title()),
            Html.text(item.domain()),
            mark);
  }
}
