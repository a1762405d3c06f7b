package dev.segue.server.cli;

import dev.segue.engine.EvaluationReport;
import dev.segue.engine.EvaluationScope;
import dev.segue.engine.PredictionLatency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An evaluation as a table for people; the JSON has the rest.
final class EvaluationTable {
  private final EvaluationReport report;
  private final List<Integer> cutoffs;
  private final int last;

  private EvaluationTable(EvaluationReport report) {
    this.report = report;
    this.cutoffs = report.recall().keySet().stream().sorted().toList();
    this.last = cutoffs.isEmpty() ? 0 : cutoffs.getLast();
  }

  /// Returns the lines for a report about a file of sessions.
  static List<String> lines(EvaluationReport report, Path sessions) {
    EvaluationTable table = new EvaluationTable(report);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d predictions in %,d sessions, ranked in %.1f s.",
            sessions,
            report.predictions(),
            report.sessions(),
            report.seconds()));
    EvaluationScope scope = report.scope();
    lines.add((scope == null ? EvaluationScope.ALL : scope).sentence());
    lines.add("");
    lines.addAll(table.table());
    lines.addAll(IntervalTable.lines(report, table.last));
    lines.addAll(table.remarks());
    lines.addAll(table.latencies());
    return lines;
  }

  private List<String> table() {
    TextTable table = new TextTable();
    table.add(head());
    table.add(row(report.model(), report));
    report.baselines().forEach((name, baseline) -> table.add(row(name, baseline)));
    if (report.byDomain().size() > 1) {
      report
          .byDomain()
          .forEach((domain, part) -> table.add(row(report.model() + ", next is " + domain, part)));
    }
    EvaluationReport crossDomain = report.crossDomain();
    if (crossDomain != null && crossDomain.predictions() > 0) {
      table.add(row(report.model() + ", domain changes", crossDomain));
    }
    return table.lines();
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (report.unknownTargets() > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d targets (%.1f %%) are items that the model does not know; they count as misses.",
              report.unknownTargets(),
              100.0 * report.unknownTargets() / report.predictions()));
    }
    if (report.skippedInputs() > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d events before a target are items that it does not know; they were left out.",
              report.skippedInputs()));
    }
    if (!remarks.isEmpty()) {
      remarks.addFirst("");
    }
    return remarks;
  }

  private List<String> latencies() {
    TextTable table = new TextTable();
    table.add(List.of("one prediction at a time", "p50 ms", "p90 ms", "p99 ms", "timed"));
    boolean isMeasured = addLatency(table, report.model(), report);
    for (Map.Entry<String, EvaluationReport> baseline : report.baselines().entrySet()) {
      isMeasured |= addLatency(table, baseline.getKey(), baseline.getValue());
    }
    List<String> lines = new ArrayList<>();
    if (isMeasured) {
      lines.add("");
      lines.addAll(table.lines());
    }
    return lines;
  }

  private static boolean addLatency(TextTable table, String name, EvaluationReport part) {
    PredictionLatency latency = part.latency();
    if (latency == null) {
      return false;
    }
    table.add(
        List.of(
            name,
            millis(latency.p50Millis()),
            millis(latency.p90Millis()),
            millis(latency.p99Millis()),
            String.format(Locale.ROOT, "%,d", latency.predictions())));
    return true;
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private List<String> head() {
    List<String> cells = new ArrayList<>(List.of("model"));
    cutoffs.forEach(k -> cells.add("Recall@" + k));
    cells.addAll(List.of("MRR@" + last, "NDCG@" + last, "coverage@" + last));
    if (report.listDiversity() != null) {
      cells.add("diversity@" + last);
    }
    cells.add("predictions");
    return cells;
  }

  private List<String> row(String name, EvaluationReport part) {
    List<String> cells = new ArrayList<>(List.of(name));
    cutoffs.forEach(k -> cells.add(number(part.recall(), k)));
    cells.add(number(part.mrr(), last));
    cells.add(number(part.ndcg(), last));
    cells.add(number(part.coverage(), last));
    if (report.listDiversity() != null) {
      Double diversity = part.listDiversity();
      cells.add(diversity == null ? "" : String.format(Locale.ROOT, "%.4f", diversity));
    }
    cells.add(String.format(Locale.ROOT, "%,d", part.predictions()));
    return cells;
  }

  private static String number(Map<Integer, Double> values, int k) {
    Double value = values.get(k);
    return value == null || value.isNaN() ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
