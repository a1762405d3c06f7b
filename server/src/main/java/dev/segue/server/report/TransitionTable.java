package dev.segue.server.report;

import dev.segue.engine.Breakdown;
import dev.segue.engine.EvaluationReport;
import dev.segue.engine.TargetGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Recall from domain to domain as a table, the darker the higher.
final class TransitionTable {
  /// The most of the accent in a cell: text stays readable on it.
  private static final int DARKEST = 55;

  private TransitionTable() {}

  static Card card(EvaluationReport report, List<String> domains, int k) {
    Map<String, TargetGroup> groups = new LinkedHashMap<>();
    Breakdown breakdown = report.breakdown();
    if (breakdown != null) {
      breakdown.byTransition().forEach(group -> groups.put(group.name(), group));
    }
    double most =
        groups.values().stream()
            .mapToDouble(group -> group.recall().getOrDefault(k, 0.0))
            .max()
            .orElse(1);
    StringBuilder table = new StringBuilder("<div class=\"scroll\">\n<table class=\"heat\">\n");
    table.append("<tr><th>from \\ to</th>");
    domains.forEach(name -> table.append("<th>").append(Html.text(name)).append("</th>"));
    table.append("</tr>\n");
    for (String from : domains) {
      table.append("<tr><th>").append(Html.text(from)).append("</th>");
      for (String to : domains) {
        table.append(cell(groups.get(from + " → " + to), k, most));
      }
      table.append("</tr>\n");
    }
    return new Card(
        "transitions",
        "Recall@%d from domain to domain".formatted(k),
        "Of %s: the row is the domain of the event before, the column that of the target; below the figure the number of targets."
            .formatted(report.model()),
        table.append("</table>\n</div>\n").toString(),
        List.of(),
        false);
  }

  private static String cell(
      @org.jspecify.annotations.Nullable TargetGroup group, int k, double most) {
    if (group == null) {
      return "<td>–</td>";
    }
    double recall = group.recall().getOrDefault(k, 0.0);
    return String.format(
        Locale.ROOT,
        "<td style=\"background:color-mix(in srgb,var(--accent) %d%%,transparent)\">%.4f<br><small>%,d</small></td>",
        Math.round(DARKEST * recall / Math.max(most, 1e-9)),
        recall,
        group.predictions());
  }
}
