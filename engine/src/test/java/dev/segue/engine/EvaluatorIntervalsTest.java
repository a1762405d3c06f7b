package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.engine.bootstrap.PoissonWeights;
import dev.segue.engine.random.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Intervals against plain loops, and what the definitions promise.
class EvaluatorIntervalsTest {
  private static final Catalogue ITEMS =
      Catalogue.of(
          List.of(
              Item.ofId("Movie_A"),
              Item.ofId("Movie_B"),
              Item.ofId("Book_C"),
              Item.ofId("Book_D")));

  /// A always first, then B, C, D.
  private static final SessionModel ORDER = fixed("order", 4, 3, 2, 1);

  private static final SessionModel REVERSED = fixed("reversed", 1, 2, 3, 4);

  private static final Resampling RESAMPLING = new Resampling(200, 7);

  private final SessionLog log = randomLog(300, 1);
  private final Evaluator evaluator = new Evaluator(1, 3).withResampling(RESAMPLING);

  @Test
  void intervalsEqualPlainLoopsOverWeightedSessions() {
    EvaluationReport report = evaluator.evaluate(ORDER, List.of(REVERSED), log);

    double[] means = means(log, ORDER_RANKS);
    double[] others = means(log, new int[] {4, 3, 2, 1});
    assertClose(of(report, 3), Interval.of(report.mrr().getOrDefault(3, 0.0), means));
    double[] differences = new double[means.length];
    Arrays.setAll(differences, b -> others[b] - means[b]);
    EvaluationReport reversed = baseline(report, "reversed");
    Interval difference =
        Objects.requireNonNull(Objects.requireNonNull(reversed.difference()).mrr().get(3));
    double gap = reversed.mrr().getOrDefault(3, 0.0) - report.mrr().getOrDefault(3, 0.0);
    assertClose(difference, Interval.of(gap, differences));
  }

  /// Gains are rounded to 2⁻³².
  private static void assertClose(Interval actual, Interval expected) {
    assertThat(actual.value()).isCloseTo(expected.value(), within(1e-12));
    assertThat(actual.low()).isCloseTo(expected.low(), within(1e-9));
    assertThat(actual.high()).isCloseTo(expected.high(), within(1e-9));
  }

  private static final int[] ORDER_RANKS = {1, 2, 3, 4};

  /// MRR@3 in each resample, by the definition.
  private static double[] means(SessionLog log, int[] rankOfItem) {
    PoissonWeights weights = new PoissonWeights(RESAMPLING.seed(), RESAMPLING.resamples());
    double[] gains = new double[RESAMPLING.resamples()];
    double[] targets = new double[RESAMPLING.resamples()];
    long[] weight = new long[RESAMPLING.resamples()];
    for (int session = 0; session < log.sessionCount(); session++) {
      weights.of(session, weight);
      for (int event = log.start(session) + 1; event < log.end(session); event++) {
        int rank = rankOfItem[ITEMS.indexOf(log.items().id(log.item(event)))];
        for (int b = 0; b < gains.length; b++) {
          gains[b] += rank <= 3 ? (double) weight[b] / rank : 0;
          targets[b] += weight[b];
        }
      }
    }
    Arrays.setAll(gains, b -> gains[b] / targets[b]);
    return gains;
  }

  @Test
  void intervalsDoNotDependOnThreadsOrBuffers() {
    EvaluationReport one = evaluator.withThreads(1).evaluate(ORDER, List.of(REVERSED), log);
    EvaluationReport many =
        evaluator.withThreads(5).withBuffer(9).evaluate(ORDER, List.of(REVERSED), log);
    assertThat(many.intervals()).isEqualTo(one.intervals()).isNotNull();
    assertThat(many.breakdown()).isEqualTo(one.breakdown()).isNotNull();
    assertThat(many.byDomain()).isEqualTo(one.byDomain());
    assertThat(baseline(many, "reversed").difference())
        .isEqualTo(baseline(one, "reversed").difference());
  }

  @Test
  void anotherSeedGivesOtherIntervalsAndTheSameFigures() {
    EvaluationReport report = evaluator.evaluate(ORDER, List.of(), log);
    EvaluationReport other =
        new Evaluator(1, 3).withResampling(new Resampling(200, 8)).evaluate(ORDER, List.of(), log);
    assertThat(other.recall()).isEqualTo(report.recall());
    assertThat(other.intervals()).isNotEqualTo(report.intervals());
  }

  @Test
  void equalModelsDifferByNothing() {
    EvaluationReport report = evaluator.evaluate(ORDER, List.of(fixed("twin", 8, 6, 4, 2)), log);
    MetricIntervals difference = Objects.requireNonNull(baseline(report, "twin").difference());
    assertThat(difference.recall().values())
        .allSatisfy(interval -> assertThat(interval).isEqualTo(new Interval(0, 0, 0)));
    assertThat(at(difference.mrr(), 3).excludesZero()).isFalse();
  }

  @Test
  void aPairedDifferenceIsSurerThanTwoIntervals() {
    // The other model is a little worse in the same sessions: both vary together.
    SessionModel worse =
        new TableModel(
            "worse",
            ITEMS,
            4,
            session ->
                session.size() % 7 == 6 ? new float[] {1, 2, 3, 4} : new float[] {4, 3, 2, 1});
    EvaluationReport report = evaluator.evaluate(ORDER, List.of(worse), log);
    Interval own = of(report, 3);
    Interval other = of(baseline(report, "worse"), 3);
    Interval difference =
        at(Objects.requireNonNull(baseline(report, "worse").difference()).mrr(), 3);
    assertThat(other.high()).as("the intervals overlap").isGreaterThan(own.low());
    assertThat(difference.high() - difference.low()).isLessThan(0.7 * (own.high() - own.low()));
    assertThat(difference.value()).isNegative();
    assertThat(difference.low()).isLessThanOrEqualTo(difference.value());
    assertThat(difference.high()).isGreaterThanOrEqualTo(difference.value());
  }

  @Test
  void theSessionIsTheUnit() {
    // As many targets and hits, once alone in their sessions and once ten alike in each.
    List<String> single = new ArrayList<>();
    List<String> alike = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      single.add(i % 2 == 0 ? "Movie_B Movie_A" : "Movie_B Book_D");
      if (i % 10 == 0) {
        String item = i % 20 == 0 ? " Movie_A" : " Book_D";
        alike.add("Movie_B" + item.repeat(10));
      }
    }
    Interval alone = recallAt1(EvaluatorTest.log(single.toArray(String[]::new)));
    Interval together = recallAt1(EvaluatorTest.log(alike.toArray(String[]::new)));
    assertThat(together.value()).isEqualTo(alone.value()).isEqualTo(0.5);
    assertThat(together.high() - together.low())
        .as("√10 times as wide")
        .isBetween(2.4 * (alone.high() - alone.low()), 4.0 * (alone.high() - alone.low()));
  }

  private Interval recallAt1(SessionLog sessions) {
    EvaluationReport report = evaluator.evaluate(ORDER, List.of(), sessions);
    return at(Objects.requireNonNull(report.intervals()).recall(), 1);
  }

  @Test
  void nineteenOfTwentyIntervalsHoldTheTruth() {
    int covered = 0;
    int experiments = 200;
    for (int i = 0; i < experiments; i++) {
      Interval interval = recallAt1(randomLog(120, 100 + i));
      // A target is A with probability 1/4 in short sessions and 1/2 in long ones.
      covered += interval.low() <= TRUE_RECALL && TRUE_RECALL <= interval.high() ? 1 : 0;
    }
    assertThat((double) covered / experiments).isBetween(0.90, 0.985);
  }

  /// Half of the sessions have 2 targets, of which 1/4 are A, half 8, of which 1/2 are.
  private static final double TRUE_RECALL = (2 * 0.25 + 8 * 0.5) / 10;

  @Test
  void oneSessionHasNoWidth() {
    EvaluationReport report =
        evaluator.evaluate(ORDER, List.of(), EvaluatorTest.log("Movie_B Movie_A Book_C"));
    assertThat(Objects.requireNonNull(report.intervals()).recall().get(1))
        .isEqualTo(new Interval(0.5, 0.5, 0.5));
  }

  @Test
  void withoutResamplesThereAreNoIntervals() {
    EvaluationReport report = new Evaluator(1).evaluate(ORDER, List.of(REVERSED), log);
    assertThat(report.intervals()).isNull();
    assertThat(baseline(report, "reversed").difference()).isNull();
    assertThat(report.toJson()).doesNotContain("bootstrap").doesNotContain("intervals");
    assertThatThrownBy(() -> new Resampling(-1, 0))
        .hasMessage("evaluate: resamples, expected 0 or more, got -1");
  }

  @Test
  void groupsOfTargetsHaveTheirOwnFigures() {
    // Ranks: B 2 (movie to movie), C 3, A 1, unknown.
    EvaluationReport report =
        evaluator.evaluate(
            ORDER, List.of(), EvaluatorTest.log("Movie_A Movie_B Book_C", "Book_D Movie_A Book_Z"));
    Breakdown breakdown = Objects.requireNonNull(report.breakdown());

    assertThat(breakdown.byPosition()).extracting(TargetGroup::name).containsExactly("1", "2");
    assertThat(breakdown.byPosition().getFirst().mrr().get(3)).isEqualTo(0.75);
    assertThat(breakdown.byPosition().getLast().recall().get(3)).isEqualTo(0.5);
    assertThat(breakdown.byTransition())
        .extracting(TargetGroup::name)
        .containsExactlyInAnyOrder("Movie → Movie", "Movie → Book", "Book → Movie");
    assertThat(breakdown.byPopularity().getFirst().name()).isEqualTo("unknown");
    assertThat(breakdown.byPopularity().stream().mapToLong(TargetGroup::predictions).sum())
        .isEqualTo(report.predictions());
  }

  @Test
  void positionsFromTheTenthOnAreOneGroup() {
    EvaluationReport report =
        evaluator.evaluate(ORDER, List.of(), EvaluatorTest.log("Movie_A" + " Movie_B".repeat(14)));
    List<TargetGroup> groups = Objects.requireNonNull(report.breakdown()).byPosition();
    assertThat(groups).hasSize(10).last().extracting(TargetGroup::name).isEqualTo("10+");
    assertThat(groups.getLast().predictions()).isEqualTo(5);
  }

  @Test
  void theTenthDecileIsThatOfTheMostPopularItems() {
    double[] percentiles = Evaluator.percentiles(new int[] {1, 2, 3, 4});
    EvaluationTargets targets =
        new EvaluationTargets(EvaluatorTest.log("Movie_B Movie_A Book_D"), ORDER);
    TargetGroups groups = new TargetGroups(targets, percentiles);
    int[] ofLeast = new int[TargetGroups.MOST];
    int[] ofMost = new int[TargetGroups.MOST];
    assertThat(groups.of(1, 1, ofLeast)).isEqualTo(5);
    assertThat(groups.of(2, 2, ofMost)).as("with a change of domain").isEqualTo(6);
    int deciles = ofMost[4] - 10;
    assertThat(ofLeast[3] - deciles).as("25 % of the items are no more popular").isEqualTo(3);
  }

  private static EvaluationReport baseline(EvaluationReport report, String name) {
    return Objects.requireNonNull(report.baselines().get(name), name);
  }

  private static Interval at(Map<Integer, Interval> metric, int k) {
    return Objects.requireNonNull(metric.get(k));
  }

  private static Interval of(EvaluationReport report, int k) {
    return Objects.requireNonNull(Objects.requireNonNull(report.intervals()).mrr().get(k));
  }

  private static SessionModel fixed(String name, float... scores) {
    return new TableModel(name, ITEMS, scores.length, session -> scores);
  }

  private static SessionLog randomLog(int sessions, long seed) {
    SeededRandom random = new SeededRandom(seed, 0);
    String[] others = {" Movie_B", " Book_C", " Book_D"};
    String[] lines = new String[sessions];
    for (int i = 0; i < sessions; i++) {
      boolean isLong = random.nextInt(2) == 1;
      StringBuilder line = new StringBuilder("Movie_B");
      for (int target = 0; target < (isLong ? 8 : 2); target++) {
        boolean isFirst = random.nextDouble() < (isLong ? 0.5 : 0.25);
        line.append(isFirst ? " Movie_A" : others[random.nextInt(3)]);
      }
      lines[i] = line.toString();
    }
    return EvaluatorTest.log(lines);
  }
}
