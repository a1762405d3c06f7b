package dev.segue.server.cli;

import dev.segue.engine.EvaluationReport;
import dev.segue.engine.Interval;
import dev.segue.engine.MetricIntervals;
import dev.segue.engine.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The confidence intervals of an evaluation as a table for people, at the greatest cut-off.
final class IntervalTable {
  private final EvaluationReport report;
  private final int k;
  private final TextTable table = new TextTable();

  private IntervalTable(EvaluationReport report, int k) {
    this.report = report;
    this.k = k;
  }

  /// Returns the lines, none where there are no intervals.
  ///
  /// @param k the cut-off
  static List<String> lines(EvaluationReport report, int k) {
    Resampling resampling = report.resampling();
    if (report.intervals() == null || resampling == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "95 %% intervals over %,d draws of the sessions; differences to %s are paired,"
                + " * where 0 lies outside.",
            resampling.resamples(),
            report.model()));
    lines.add("");
    lines.addAll(new IntervalTable(report, k).table());
    return lines;
  }

  private List<String> table() {
    String difference = "less " + report.model();
    table.add(List.of("model", "Recall@" + k, difference, "MRR@" + k, difference));
    add(report.model(), report);
    report.baselines().forEach(this::add);
    EvaluationReport crossing = report.crossDomain();
    if (crossing != null && crossing.predictions() > 0) {
      add(report.model() + ", domain changes", crossing);
      report
          .baselines()
          .forEach((name, baseline) -> {
            EvaluationReport part = baseline.crossDomain();
            if (part != null) {
              add(name + ", domain changes", part);
            }
          });
    }
    return table.lines();
  }

  private void add(String name, EvaluationReport part) {
    MetricIntervals own = part.intervals();
    MetricIntervals paired = part.difference();
    if (own != null) {
      table.add(
          List.of(
              name,
              range(own.recall()),
              paired == null ? "" : difference(paired.recall()),
              range(own.mrr()),
              paired == null ? "" : difference(paired.mrr())));
    }
  }

  private String range(Map<Integer, Interval> metric) {
    Interval interval = metric.get(k);
    return interval == null
        ? "-"
        : String.format(Locale.ROOT, "%.4f to %.4f", interval.low(), interval.high());
  }

  private String difference(Map<Integer, Interval> metric) {
    @Nullable Interval interval = metric.get(k);
    return interval == null
        ? "-"
        : String.format(
            Locale.ROOT,
            "%+.4f (%+.4f to %+.4f)%s",
            interval.value(),
            interval.low(),
            interval.high(),
            interval.excludesZero() ? "*" : " ");
  }
}
