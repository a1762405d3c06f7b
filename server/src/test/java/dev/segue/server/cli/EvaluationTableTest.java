package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.EvaluationReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {
  @Test
  void showsModelBaselinesDomainsAndWhatIsUnknown() {
    EvaluationReport movies = report("gru", 700, 0.5, 0, Map.of(), null, Map.of());
    EvaluationReport music = report("gru", 534, 0.25, 0, Map.of(), null, Map.of());
    EvaluationReport changes = report("gru", 200, 0.125, 0, Map.of(), null, Map.of());
    EvaluationReport popularity = report("popularity", 1234, 0.0625, 12, Map.of(), null, Map.of());
    Map<String, EvaluationReport> domains = new TreeMap<>(Map.of("Movie", movies, "Music", music));
    EvaluationReport report =
        report("gru", 1234, 0.375, 12, domains, changes, Map.of("popularity", popularity));

    assertThat(EvaluationTable.lines(report, Path.of("test.csv")))
        .containsExactly(
            "test.csv: 1,234 predictions in 300 sessions, ranked in 1.5 s.",
            "All items are ranked; ties count against the model.",
            "",
            "model                Recall@5  Recall@20  MRR@20  NDCG@20  coverage@20  predictions",
            "gru                    0.3750     0.7500  0.7500   0.7500       0.7500        1,234",
            "popularity             0.0625     0.1250  0.1250   0.1250       0.1250        1,234",
            "gru, next is Movie     0.5000     1.0000  1.0000   1.0000       1.0000          700",
            "gru, next is Music     0.2500     0.5000  0.5000   0.5000       0.5000          534",
            "gru, domain changes    0.1250     0.2500  0.2500   0.2500       0.2500          200",
            "",
            "12 targets (1.0 %) are items that the model does not know; they count as misses.");
  }

  @Test
  void leavesOutWhatSaysNothing() {
    EvaluationReport only = report("gru", 10, 0.5, 0, Map.of(), null, Map.of());
    EvaluationReport none = report("gru", 0, Double.NaN, 0, Map.of(), null, Map.of());
    EvaluationReport report = report("gru", 10, 0.5, 0, Map.of("Item", only), none, Map.of());

    List<String> lines = EvaluationTable.lines(report, Path.of("test.csv"));

    assertThat(lines).hasSize(5).last().asString().startsWith("gru ");
  }

  private static EvaluationReport report(
      String model,
      long predictions,
      double value,
      long unknown,
      Map<String, EvaluationReport> byDomain,
      @Nullable EvaluationReport crossDomain,
      Map<String, EvaluationReport> baselines) {
    Map<Integer, Double> metric = Map.of(5, value, 20, 2 * value);
    return new EvaluationReport(
        model,
        300,
        predictions,
        metric,
        metric,
        metric,
        metric,
        metric,
        metric,
        metric,
        unknown,
        0,
        null,
        byDomain,
        crossDomain,
        1.5,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        baselines);
  }
}
