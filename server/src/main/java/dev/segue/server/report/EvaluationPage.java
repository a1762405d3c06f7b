package dev.segue.server.report;

import dev.segue.engine.EvaluationReport;
import dev.segue.engine.ExampleSession;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An evaluation as one HTML page that needs nothing else.
///
/// @param report what was measured
/// @param models names of the models that were given, the first one first; all others are baselines
/// @param curves of models that were trained in epochs
/// @param examples sessions with answers
/// @param facts how the page came to be: what and its value, both as text
/// @param subtitle one line: which sessions, when
public record EvaluationPage(
    EvaluationReport report,
    List<String> models,
    List<TrainingCurve> curves,
    List<ExampleSession> examples,
    Map<String, String> facts,
    String subtitle) {
  /// Copies the collections.
  public EvaluationPage {
    models = List.copyOf(models);
    curves = List.copyOf(curves);
    examples = List.copyOf(examples);
    facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  private record Chapter(String id, String title, String intro, List<Card> cards) {
    String lead() {
      return intro.isEmpty() ? "" : "<p class=\"lead\">%s</p>%n".formatted(Html.text(intro));
    }
  }

  private static final String COMPARISON =
      "Each point is how much a model is above or below the first one; its bar holds 95 of 100"
          + " draws of the sessions. A bar that does not touch 0 is more than chance.";

  /// Writes the page.
  public void writeTo(Writer out) throws IOException {
    EvaluationCards cards = new EvaluationCards(report, models);
    List<Chapter> chapters =
        List.of(
            new Chapter("result", "Result", "", List.of(cards.all())),
            new Chapter("comparison", "Comparison", COMPARISON, cards.comparison()),
            new Chapter("targets", "By kind of target", "", cards.byTarget()),
            new Chapter("lists", "The lists", "", cards.lists()),
            new Chapter("training", "Training", "", CurveCards.of(curves)),
            new Chapter("examples", "Examples", ExampleCards.INTRO, ExampleCards.of(examples)),
            new Chapter("provenance", "How this was made", "", List.of(FactCard.of(facts))));
    Map<String, String> links = new LinkedHashMap<>();
    for (Chapter chapter : chapters) {
      if (!chapter.cards.isEmpty()) {
        links.put(chapter.id, chapter.title);
      }
    }
    PageShell.open(out, "How well it predicts", subtitle, links, "report.css", "evaluation.css");
    for (Chapter chapter : chapters) {
      if (!chapter.cards.isEmpty()) {
        out.write(
            "<section id=\"%s\">%n<h2>%s</h2>%n%s<div class=\"cards\">%n"
                .formatted(chapter.id, Html.text(chapter.title), chapter.lead()));
        for (Card card : chapter.cards) {
          out.write(card.html());
        }
        out.write("</div>\n</section>\n");
      }
    }
    PageShell.close(out);
  }
}
