package dev.segue.server.report;

import dev.segue.engine.Breakdown;
import dev.segue.engine.EvaluationReport;
import dev.segue.engine.EvaluationScope;
import dev.segue.engine.Interval;
import dev.segue.engine.MetricIntervals;
import dev.segue.engine.TargetGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The cards about what was measured.
final class EvaluationCards {
  private static final int MOST_LINES = 6;

  private final EvaluationReport report;
  private final int k;
  private final Map<String, EvaluationReport> all = new LinkedHashMap<>();
  private final Map<String, EvaluationReport> drawn = new LinkedHashMap<>();

  /// Makes the cards.
  ///
  /// @param models names of those that are no baselines; lines show these and the baselines with
  ///   the highest MRR, six at most
  EvaluationCards(EvaluationReport report, List<String> models) {
    this.report = report;
    k = report.recall().keySet().stream().max(Integer::compare).orElse(0);
    all.put(report.model(), report);
    all.putAll(report.baselines());
    for (String model : models) {
      EvaluationReport measured = all.get(model);
      if (measured != null && drawn.size() < MOST_LINES) {
        drawn.put(model, measured);
      }
    }
    all.entrySet().stream()
        .filter(entry -> !models.contains(entry.getKey()))
        .sorted(
            Comparator.comparingDouble((Map.Entry<String, EvaluationReport> entry) ->
                -entry.getValue().mrr().getOrDefault(k, 0.0)))
        .limit(Math.max(0, MOST_LINES - drawn.size()))
        .forEach(entry -> drawn.put(entry.getKey(), entry.getValue()));
  }

  /// Returns the table of everything.
  Card all() {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("model"));
    report.recall().keySet().forEach(cutoff -> head.add("Recall@" + cutoff));
    head.addAll(List.of("MRR@" + k, "NDCG@" + k, "coverage@" + k, "popularity@" + k, "seconds"));
    table.add(head);
    all.forEach((name, part) -> {
      List<String> row = new ArrayList<>(List.of(name));
      part.recall().values().forEach(value -> row.add(figure(value)));
      row.add(figure(part.mrr().get(k)));
      row.add(figure(part.ndcg().get(k)));
      row.add(figure(part.coverage().get(k)));
      row.add(String.format(Locale.ROOT, "%.1f", part.popularity().getOrDefault(k, 0.0)));
      row.add(String.format(Locale.ROOT, "%.1f", part.seconds()));
      table.add(row);
    });
    EvaluationScope scope = report.scope();
    String reading =
        "%s in %s. %s %s%s"
            .formatted(
                Words.counted(report.predictions(), "prediction"),
                Words.counted(report.sessions(), "session"),
                (scope == null ? EvaluationScope.ALL : scope).sentence(),
                sureness(),
                unknown());
    return new Card(
        "all",
        "All targets",
        reading,
        "<div class=\"scroll\">\n" + PageShell.table(table) + "</div>\n",
        List.of(),
        true);
  }

  private String sureness() {
    MetricIntervals intervals = report.intervals();
    Interval recall = intervals == null ? null : intervals.recall().get(k);
    return recall == null
        ? ""
        : String.format(
            Locale.ROOT,
            "Recall@%d of %s is %.4f, with 95 %% confidence between %.4f and %.4f. ",
            k,
            report.model(),
            recall.value(),
            recall.low(),
            recall.high());
  }

  private String unknown() {
    return report.unknownTargets() == 0
        ? ""
        : "%s targets are items that it does not know, and count as misses."
            .formatted(Words.part(report.unknownTargets(), report.predictions()));
  }

  /// Returns the paired differences to the first model, for all and for cross-domain targets.
  List<Card> comparison() {
    List<Card> cards = new ArrayList<>();
    addDifferences(cards, "recall", "Recall@" + k, MetricIntervals::recall, part -> part);
    addDifferences(cards, "mrr", "MRR@" + k, MetricIntervals::mrr, part -> part);
    EvaluationReport crossing = report.crossDomain();
    if (crossing != null && crossing.predictions() > 0) {
      String where = "%s where the domain changes (%s)";
      String targets = Words.counted(crossing.predictions(), "target");
      addDifferences(
          cards,
          "cross-recall",
          where.formatted("Recall@" + k, targets),
          MetricIntervals::recall,
          EvaluationReport::crossDomain);
      addDifferences(
          cards,
          "cross-mrr",
          where.formatted("MRR@" + k, targets),
          MetricIntervals::mrr,
          EvaluationReport::crossDomain);
    }
    return cards;
  }

  private void addDifferences(
      List<Card> cards,
      String id,
      String metric,
      Function<MetricIntervals, Map<Integer, Interval>> of,
      Function<EvaluationReport, @Nullable EvaluationReport> part) {
    List<IntervalChart.Row> rows = new ArrayList<>();
    for (Map.Entry<String, EvaluationReport> entry : report.baselines().entrySet()) {
      EvaluationReport group = part.apply(entry.getValue());
      MetricIntervals difference = group == null ? null : group.difference();
      Interval interval = difference == null ? null : of.apply(difference).get(k);
      if (interval != null) {
        rows.add(new IntervalChart.Row(entry.getKey(), interval, colour(entry.getKey())));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    rows.sort(Comparator.comparingDouble(row -> -row.interval().value()));
    long surely = rows.stream().filter(row -> row.interval().high() < 0).count();
    long better = rows.stream().filter(row -> row.interval().low() > 0).count();
    String title = metric + ", less that of " + report.model();
    String reading =
        "%d of %d are below %s beyond chance, %d above; the others may be level. Paired over the same draws of sessions."
            .formatted(surely, rows.size(), report.model(), better);
    cards.add(
        new Card(
            "difference-" + id,
            title,
            reading,
            new IntervalChart(rows, true)
                .html("difference-" + id + "-chart", title + ". " + reading),
            List.of(),
            false));
  }

  private int colour(String name) {
    int place = List.copyOf(drawn.keySet()).indexOf(name);
    return place < 0 ? SvgText.OTHERS : place;
  }

  /// Returns metrics by cut-off and by kind of target.
  List<Card> byTarget() {
    List<Card> cards = new ArrayList<>();
    cards.add(byCutoff("recall", "Recall", EvaluationReport::recall, MetricIntervals::recall));
    cards.add(byCutoff("mrr", "MRR", EvaluationReport::mrr, MetricIntervals::mrr));
    cards.add(byCutoff("ndcg", "NDCG", EvaluationReport::ndcg, MetricIntervals::ndcg));
    addGroups(
        cards,
        "position-recall",
        "Recall@" + k + " by place in the session",
        "events before the target",
        Breakdown::byPosition,
        TargetGroup::recall,
        MetricIntervals::recall);
    addGroups(
        cards,
        "position-mrr",
        "MRR@" + k + " by place in the session",
        "events before the target",
        Breakdown::byPosition,
        TargetGroup::mrr,
        MetricIntervals::mrr);
    addGroups(
        cards,
        "popularity-recall",
        "Recall@" + k + " by popularity of the target",
        "tenth of the items, 10 the most popular",
        Breakdown::byPopularity,
        TargetGroup::recall,
        MetricIntervals::recall);
    cards.addAll(domains());
    return cards;
  }

  private Card byCutoff(
      String id,
      String metric,
      Function<EvaluationReport, Map<Integer, Double>> value,
      Function<MetricIntervals, Map<Integer, Interval>> interval) {
    List<String> places = report.recall().keySet().stream().map(cutoff -> "@" + cutoff).toList();
    List<LineChart.Series> series = new ArrayList<>();
    drawn.forEach((name, part) -> {
      List<Interval> points = new ArrayList<>();
      value
          .apply(part)
          .forEach(
              (cutoff, figure) -> points.add(interval(part.intervals(), interval, cutoff, figure)));
      series.add(new LineChart.Series(name, points));
    });
    return lines(
        "cutoff-" + id,
        metric + " by cut-off",
        "All %s.".formatted(Words.counted(report.predictions(), "target")),
        new LineChart(places, "cut-off", series, true, true));
  }

  private void addGroups(
      List<Card> cards,
      String id,
      String title,
      String xTitle,
      Function<Breakdown, List<TargetGroup>> groups,
      Function<TargetGroup, Map<Integer, Double>> value,
      Function<MetricIntervals, Map<Integer, Interval>> interval) {
    Breakdown first = report.breakdown();
    if (first == null) {
      return;
    }
    List<TargetGroup> own = groups.apply(first);
    List<LineChart.Series> series = new ArrayList<>();
    drawn.forEach((name, part) -> {
      Breakdown breakdown = part.breakdown();
      List<TargetGroup> theirs = breakdown == null ? List.of() : groups.apply(breakdown);
      series.add(
          new LineChart.Series(
              name,
              theirs.stream()
                  .map(group ->
                      interval(
                          group.intervals(),
                          interval,
                          k,
                          value.apply(group).getOrDefault(k, Double.NaN)))
                  .toList()));
    });
    String sizes =
        own.stream()
            .map(group -> group.name() + ": " + Words.number(group.predictions()))
            .reduce((a, b) -> a + ", " + b)
            .orElse("none");
    cards.add(
        lines(
            id,
            title,
            "Targets in each group: %s.".formatted(sizes),
            new LineChart(
                own.stream().map(TargetGroup::name).toList(), xTitle, series, true, true)));
  }

  private List<Card> domains() {
    List<Card> cards = new ArrayList<>();
    if (report.byDomain().size() < 2) {
      return cards;
    }
    List<String> places = List.copyOf(report.byDomain().keySet());
    List<LineChart.Series> series = new ArrayList<>();
    drawn.forEach((name, part) ->
        series.add(
            new LineChart.Series(
                name,
                places.stream()
                    .map(domain -> {
                      EvaluationReport group = part.byDomain().get(domain);
                      return group == null
                          ? LineChart.Series.NONE
                          : interval(
                              group.intervals(),
                              MetricIntervals::recall,
                              k,
                              group.recall().getOrDefault(k, Double.NaN));
                    })
                    .toList())));
    cards.add(
        lines(
            "domain-recall",
            "Recall@" + k + " by domain of the target",
            "Confidence intervals as bars, where they were asked for.",
            new LineChart(
                places.stream().map(name -> Words.shorten(name, 12)).toList(),
                "domain",
                series,
                true,
                false)));
    cards.add(TransitionTable.card(report, places, k));
    return cards;
  }

  private static Card lines(String id, String title, String reading, LineChart chart) {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(chart.xTitle()));
    chart.series().forEach(series -> head.add(series.name()));
    table.add(head);
    for (int i = 0; i < chart.places().size(); i++) {
      List<String> row = new ArrayList<>(List.of(chart.places().get(i)));
      for (LineChart.Series series : chart.series()) {
        row.add(i < series.points().size() ? figure(series.points().get(i).value()) : "–");
      }
      table.add(row);
    }
    return new Card(
        id, title, reading, chart.html(id + "-chart", title + ". " + reading), table, false);
  }

  /// Returns how much of the catalogue the lists show, and how popular it is.
  List<Card> lists() {
    return List.of(
        share(
            "coverage",
            "Coverage by cut-off",
            "Share of all items that stand in some list.",
            EvaluationReport::coverage),
        share(
            "popularity",
            "Popularity of the lists",
            "Mean popularity percentile of what is recommended; 50 would be blind to popularity.",
            EvaluationReport::popularity));
  }

  private Card share(
      String id,
      String title,
      String reading,
      Function<EvaluationReport, Map<Integer, Double>> value) {
    List<String> places = report.recall().keySet().stream().map(cutoff -> "@" + cutoff).toList();
    List<LineChart.Series> series = new ArrayList<>();
    drawn.forEach((name, part) ->
        series.add(
            new LineChart.Series(
                name,
                value.apply(part).values().stream()
                    .map(figure -> new Interval(figure, figure, figure))
                    .toList())));
    return lines(id, title, reading, new LineChart(places, "cut-off", series, true, true));
  }

  private static Interval interval(
      @Nullable MetricIntervals intervals,
      Function<MetricIntervals, Map<Integer, Interval>> metric,
      int cutoff,
      double value) {
    Interval found = intervals == null ? null : metric.apply(intervals).get(cutoff);
    return found == null ? new Interval(value, value, value) : found;
  }

  static String figure(@Nullable Double value) {
    return value == null || value.isNaN() ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }
}
