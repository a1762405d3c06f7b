package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.data.SessionLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The evaluator and the counting baselines on a public log, against figures that others measured
/// on the same split with other software.
class PublishedBaselinesTest {
  /// The other software keeps so many followers of an item. Which of those with equal counts it
  /// keeps is not known; with ties all counted against the model, recall is 0.563, not 0.5785.
  private static final int FOLLOWERS = 20;

  @Test
  void popularityAndMarkovReachTheKnownFiguresOnRsc15() {
    Path folder = datasets().resolve("sessions/rsc15");
    assumeThat(folder.resolve("train.tsv"))
        .as("SEGUE_DATASETS or ../shared/datasets has sessions/rsc15")
        .exists();
    SessionLog train = SessionLogs.read(folder.resolve("train.tsv"));
    SessionLog test = SessionLogs.read(folder.resolve("test.tsv"));
    TrainingStatistics statistics = TransitionCounter.count(train, train.items());
    Catalogue items = Catalogue.of(train.items().ids().stream().map(Item::ofId).toList());
    List<SessionModel> baselines = Baselines.of(items, statistics, null);

    SessionModel counts =
        new TableModel("counts", items, items.size(), session -> followers(statistics, session));
    EvaluationReport report = new Evaluator(20).evaluate(counts, baselines, test);
    assertThat(at20(report.recall())).isCloseTo(0.5785, within(0.006));
    assertThat(at20(report.mrr())).isCloseTo(0.3283, within(0.006));
    EvaluationReport popularity = report.baselines().getOrDefault("popularity", report);
    assertThat(at20(popularity.recall())).isCloseTo(0.0894, within(0.003));
    assertThat(at20(popularity.mrr())).isCloseTo(0.0264, within(0.002));
    EvaluationReport markov = report.baselines().getOrDefault("markov", report);
    assertThat(at20(markov.recall()))
        .as("backing off to popularity only adds")
        .isBetween(at20(report.recall()), 0.60);
  }

  /// Returns first-order counts of the most frequent followers, without popularity behind them.
  private static float[] followers(TrainingStatistics statistics, List<Integer> session) {
    float[] scores = new float[statistics.support().length];
    if (!session.isEmpty()) {
      int last = session.getLast();
      int start = statistics.transitionOffsets()[last];
      int end = Math.min(start + FOLLOWERS, statistics.transitionOffsets()[last + 1]);
      for (int i = start; i < end; i++) {
        scores[statistics.successors()[i]] = statistics.counts()[i];
      }
    }
    return scores;
  }

  private static double at20(Map<Integer, Double> metric) {
    return metric.getOrDefault(20, Double.NaN);
  }

  private static Path datasets() {
    String given = System.getProperty("SEGUE_DATASETS", System.getenv("SEGUE_DATASETS"));
    if (given != null) {
      return Path.of(given);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolve("shared/datasets");
      if (Files.isDirectory(beside)) {
        return beside;
      }
    }
    return Path.of("../shared/datasets");
  }
}
