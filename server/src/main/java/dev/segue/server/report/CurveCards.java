package dev.segue.server.report;

import dev.segue.engine.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The curves of training, one card for each model.
final class CurveCards {
  private CurveCards() {}

  static List<Card> of(List<TrainingCurve> curves) {
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      cards.add(card(curves.get(i), "curve-" + (i + 1)));
    }
    return cards;
  }

  private static Card card(TrainingCurve curve, String id) {
    int epochs = curve.train().size();
    List<String> names = IntStream.rangeClosed(1, epochs).mapToObj(Integer::toString).toList();
    List<LineChart.Series> series = new ArrayList<>();
    series.add(new LineChart.Series("training loss", points(curve.train())));
    boolean isValidated = curve.validation().stream().anyMatch(loss -> !loss.isNaN());
    if (isValidated) {
      series.add(
          new LineChart.Series("validation, " + curve.measure(), points(curve.validation())));
    }
    String reading =
        isValidated
            ? "%s; the weights of epoch %d were kept."
                .formatted(Words.counted(epochs, "epoch"), curve.bestEpoch())
            : Words.counted(epochs, "epoch") + ", without validation.";
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("Epoch", "Training", "Validation"));
    for (int i = 0; i < epochs; i++) {
      table.add(
          List.of(names.get(i), number(curve.train().get(i)), number(curve.validation().get(i))));
    }
    String title = "Losses of " + curve.model();
    return new Card(
        id,
        title,
        reading,
        new LineChart(names, "epoch", series, false, true)
            .html(id + "-chart", title + ". " + reading),
        table,
        false);
  }

  private static List<Interval> points(List<Double> values) {
    return values.stream().map(value -> new Interval(value, value, value)).toList();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }
}
