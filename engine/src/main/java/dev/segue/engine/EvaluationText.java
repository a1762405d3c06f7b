package dev.segue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of an evaluation: three tables and a line of counts.
final class EvaluationText {
  private EvaluationText() {}

  static String write(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    text.append(counts(report)).append("\n\n");
    text.append(byCutoff(report)).append('\n');
    text.append(models(report)).append('\n');
    text.append(groups(report));
    return text.toString();
  }

  private static String counts(EvaluationReport report) {
    return String.format(
        Locale.ROOT,
        "%,d predictions in %,d sessions, %.1f s; %,d targets and %,d inputs unknown to the model",
        report.predictions(),
        report.sessions(),
        report.seconds(),
        report.unknownTargets(),
        report.skippedInputs());
  }

  private static String byCutoff(EvaluationReport report) {
    TextTable table =
        new TextTable(
            report.model() + ", at k",
            "Recall",
            "Precision",
            "F1",
            "MRR",
            "NDCG",
            "Coverage",
            "Popularity");
    for (int k : report.recall().keySet()) {
      table.add(
          Integer.toString(k),
          share(report.recall(), k),
          share(report.precision(), k),
          share(report.f1(), k),
          share(report.mrr(), k),
          share(report.ndcg(), k),
          share(report.coverage(), k),
          percentile(report.popularity(), k));
    }
    return table.toString();
  }

  private static String models(EvaluationReport report) {
    List<String> header = new ArrayList<>(List.of("model"));
    report.recall().keySet().forEach(k -> header.add("Recall@" + k));
    int k = longest(report);
    header.addAll(List.of("MRR@" + k, "NDCG@" + k, "Coverage@" + k, "Popularity@" + k, "seconds"));
    TextTable table = new TextTable(header.toArray(String[]::new));
    addModel(table, report, k);
    report.baselines().values().forEach(baseline -> addModel(table, baseline, k));
    return table.toString();
  }

  private static void addModel(TextTable table, EvaluationReport report, int k) {
    List<String> row = new ArrayList<>(List.of(report.model()));
    report.recall().keySet().forEach(cutoff -> row.add(share(report.recall(), cutoff)));
    row.add(share(report.mrr(), k));
    row.add(share(report.ndcg(), k));
    row.add(share(report.coverage(), k));
    row.add(percentile(report.popularity(), k));
    row.add(String.format(Locale.ROOT, "%.1f", report.seconds()));
    table.add(row.toArray(String[]::new));
  }

  private static String groups(EvaluationReport report) {
    List<String> header = new ArrayList<>(List.of(report.model() + ", targets", "predictions"));
    report.recall().keySet().forEach(k -> header.add("Recall@" + k));
    int k = longest(report);
    header.add("MRR@" + k);
    TextTable table = new TextTable(header.toArray(String[]::new));
    addGroup(table, "all", report, report, k);
    addGroup(table, "known to the model", report.knownTargets(), report, k);
    for (Map.Entry<String, EvaluationReport> domain : report.byDomain().entrySet()) {
      addGroup(table, domain.getKey(), domain.getValue(), report, k);
    }
    addGroup(table, "cross-domain", report.crossDomain(), report, k);
    return table.toString();
  }

  private static void addGroup(
      TextTable table,
      String name,
      @Nullable EvaluationReport group,
      EvaluationReport whole,
      int k) {
    if (group == null) {
      return;
    }
    List<String> row = new ArrayList<>(List.of(name));
    row.add(String.format(Locale.ROOT, "%,d", group.predictions()));
    whole.recall().keySet().forEach(cutoff -> row.add(share(group.recall(), cutoff)));
    row.add(share(group.mrr(), k));
    table.add(row.toArray(String[]::new));
  }

  private static int longest(EvaluationReport report) {
    return report.recall().keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static String share(Map<Integer, Double> values, int k) {
    Double value = values.get(k);
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percentile(Map<Integer, Double> values, int k) {
    Double value = values.get(k);
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }
}
