package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// All figures here are computed by hand.
///
/// The model ranks four items; the film E is in the catalogue only. Its scores depend on the last
/// known item:
///
/// | after | A | B | C | D |
/// |---|---|---|---|---|
/// | nothing | 4 | 3 | 2 | 1 |
/// | A | 0 | 5 | 3 | 3 |
/// | B | 1 | 1 | 1 | 1 |
/// | C | NaN | 2 | 0 | 1 |
/// | D | 9 | 8 | 7 | NaN |
class EvaluatorTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static final Catalogue ITEMS =
      Catalogue.of(
          List.of(
              item("Movie_A", "Movie", 10),
              item("Movie_B", "Movie", 30),
              item("Music_C", "Music", 1),
              item("Book_D", "Book", 1),
              item("Movie_E", "Movie", 20)));

  private static final float[][] AFTER = {
    {0, 5, 3, 3}, {1, 1, 1, 1}, {Float.NaN, 2, 0, 1}, {9, 8, 7, Float.NaN}
  };

  private static final SessionModel MODEL =
      new TableModel(
          "table",
          ITEMS,
          4,
          session -> session.isEmpty() ? new float[] {4, 3, 2, 1} : AFTER[session.getLast()]);

  /// Targets with their ranks: B 1, C 4 | D 4 without input | E unknown, C 3 | B 2 | D 4 | none |
  /// Podcast_Z unknown.
  private static final SessionLog SESSIONS =
      log(
          "Movie_A Movie_B Music_C",
          "Movie_X Book_D",
          "Movie_A Movie_E Music_C",
          "Music_C Movie_B",
          "Book_D Book_D",
          "Movie_A",
          "Music_C Podcast_Z");

  private final EvaluationReport report =
      new Evaluator(3, 1, 2).evaluate(MODEL, List.of(), SESSIONS);

  @Test
  void everyEventAfterTheFirstIsATarget() {
    assertThat(report.predictions()).isEqualTo(8);
    assertThat(report.sessions()).isEqualTo(6);
    assertThat(report.model()).isEqualTo("table");
    assertThat(report.recall()).containsOnlyKeys(1, 2, 3);
  }

  @Test
  void metricsFollowTheirDefinitions() {
    assertThat(report.recall()).isEqualTo(Map.of(1, 1 / 8.0, 2, 2 / 8.0, 3, 3 / 8.0));
    assertThat(report.precision()).isEqualTo(Map.of(1, 0.125, 2, 0.125, 3, 0.125));
    assertThat(report.f1().get(1)).isCloseTo(0.125, EXACT);
    assertThat(report.f1().get(2)).isCloseTo(1 / 6.0, EXACT);
    assertThat(report.f1().get(3)).isCloseTo(0.1875, EXACT);
    assertThat(report.mrr().get(1)).isCloseTo(0.125, EXACT);
    assertThat(report.mrr().get(2)).isCloseTo(1.5 / 8, EXACT);
    assertThat(report.mrr().get(3)).isCloseTo(0.22916666666666666, EXACT);
    assertThat(report.ndcg().get(1)).isCloseTo(0.125, EXACT);
    assertThat(report.ndcg().get(2)).isCloseTo(1.6309297535714573 / 8, EXACT);
    assertThat(report.ndcg().get(3)).isCloseTo(2.1309297535714573 / 8, EXACT);
  }

  @Test
  void listsGiveCoverageAndPopularity() {
    // First places: B, A, A, B, B, B, A, B. With the second places every item was shown.
    assertThat(report.coverage()).isEqualTo(Map.of(1, 0.5, 2, 1.0, 3, 1.0));
    // Within its domain B is at 100 %, A at a third, C and D alone at 100 %.
    assertThat(report.popularity().get(1)).isCloseTo((5 * 100 + 3 * 100 / 3.0) / 8, EXACT);
    // Second places: C, B, B, C, C, D, B, D; none is A.
    assertThat(report.popularity().get(2)).isCloseTo((13 * 100 + 3 * 100 / 3.0) / 16, EXACT);
  }

  @Test
  void unknownTargetsAreMissesAndCountedApart() {
    assertThat(report.unknownTargets()).isEqualTo(2);
    EvaluationReport known = Objects.requireNonNull(report.knownTargets());
    assertThat(known.predictions()).isEqualTo(6);
    assertThat(known.unknownTargets()).isZero();
    assertThat(known.recall()).isEqualTo(Map.of(1, 1 / 6.0, 2, 2 / 6.0, 3, 3 / 6.0));
  }

  @Test
  void unknownInputsAreSkippedAndCounted() {
    assertThat(report.skippedInputs()).as("X and E, but not the last event Z").isEqualTo(2);
  }

  @Test
  void aTargetWithoutKnownInputIsPredictedFromTheZeroState() {
    EvaluationReport only = evaluate("Movie_X Movie_Y Movie_B");
    assertThat(only.predictions()).isEqualTo(2);
    assertThat(only.unknownTargets()).isEqualTo(1);
    assertThat(only.recall()).isEqualTo(Map.of(1, 0.0, 2, 0.5, 3, 0.5));
    assertThat(only.coverage().get(1)).as("A was shown twice").isEqualTo(0.25);
  }

  @Test
  void listsAfterTheLastKnownEventCountForUnknownTargets() {
    EvaluationReport only = evaluate("Movie_A Movie_X Movie_Y");
    assertThat(only.predictions()).isEqualTo(2);
    assertThat(only.unknownTargets()).isEqualTo(2);
    assertThat(only.coverage()).as("B; B, C; B, C, D").isEqualTo(Map.of(1, .25, 2, .5, 3, .75));
  }

  @Test
  void aSessionOfUnknownItemsIsAllMisses() {
    EvaluationReport only = evaluate("Movie_X Movie_Y");
    assertThat(only.recall()).isEqualTo(Map.of(1, 0.0, 2, 0.0, 3, 0.0));
    EvaluationReport known = Objects.requireNonNull(only.knownTargets());
    assertThat(known.predictions()).isZero();
    assertThat(known.recall()).as("nothing to average").isEmpty();
  }

  @Test
  void targetsAreGroupedByTheirDomain() {
    assertThat(report.byDomain()).containsOnlyKeys("Movie", "Music", "Book", "Podcast");
    EvaluationReport movie = domain("Movie");
    assertThat(movie.predictions()).isEqualTo(3);
    assertThat(movie.unknownTargets()).isEqualTo(1);
    assertThat(movie.recall()).isEqualTo(Map.of(1, 1 / 3.0, 2, 2 / 3.0, 3, 2 / 3.0));
    assertThat(domain("Music").recall().get(3)).isEqualTo(0.5);
    assertThat(domain("Book").recall().get(3)).isZero();
    assertThat(domain("Podcast").unknownTargets()).isEqualTo(1);
  }

  @Test
  void crossDomainLooksAtTheEventBeforeInTheLog() {
    EvaluationReport cross = Objects.requireNonNull(report.crossDomain());
    assertThat(cross.predictions()).as("C, D, C after the unknown film E, B, Z").isEqualTo(5);
    assertThat(cross.recall()).isEqualTo(Map.of(1, 0.0, 2, 0.2, 3, 0.4));
  }

  @Test
  void cutoffsBeyondAllItemsAreAnswered() {
    EvaluationReport all = new Evaluator(4, 100).evaluate(MODEL, List.of(), SESSIONS);
    assertThat(all.recall()).isEqualTo(Map.of(4, 6 / 8.0, 100, 6 / 8.0));
    assertThat(all.precision().get(100)).isCloseTo(0.0075, EXACT);
  }

  @Test
  void baselinesStandBesideTheModel() {
    SessionModel popularity = new PopularityModel("popularity", ITEMS, new int[] {1, 4, 3, 2});
    EvaluationReport both = new Evaluator(1).evaluate(MODEL, List.of(popularity), SESSIONS);
    assertThat(both.baselines()).containsOnlyKeys("popularity");
    EvaluationReport baseline = Objects.requireNonNull(both.baselines().get("popularity"));
    assertThat(baseline.predictions()).isEqualTo(8);
    assertThat(baseline.recall()).isEqualTo(Map.of(1, 2 / 8.0));
    assertThat(both.recall()).isEqualTo(Map.of(1, 1 / 8.0));
  }

  @Test
  void progressGrowsToTheNumberOfTargets() {
    List<Long> steps = new ArrayList<>();
    new Evaluator(1)
        .withBuffer(1)
        .withListener((model, done, total) -> {
          assertThat(model).isEqualTo("table");
          assertThat(total).isEqualTo(8);
          steps.add(done);
        })
        .evaluate(MODEL, List.of(), SESSIONS);
    assertThat(steps).isSorted().endsWith(8L).hasSizeGreaterThan(3);
  }

  @Test
  void nothingToPredictIsSaid() {
    assertThatThrownBy(() -> evaluate("Movie_A"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "evaluate: nothing to predict, expected a session with two events,"
                + " got 1 sessions with 1 events");
  }

  @Test
  void wrongCutoffsAreRefused() {
    assertThatThrownBy(() -> new Evaluator(10, 0))
        .hasMessage("evaluate: cut-offs, expected at least one and each at least 1, got [10, 0]");
    assertThatThrownBy(() -> new Evaluator()).hasMessageEndingWith("got []");
  }

  @Test
  void modelsThatDoNotFitTogetherAreRefused() {
    Evaluator evaluator = new Evaluator(1);
    assertThatThrownBy(() -> evaluator.evaluate(MODEL, List.of(MODEL), SESSIONS))
        .hasMessage("evaluate: models, expected distinct names, got \"table\" twice");
    SessionModel other = new PopularityModel("popularity", ITEMS, new int[5]);
    assertThatThrownBy(() -> evaluator.evaluate(MODEL, List.of(other), SESSIONS))
        .hasMessage("evaluate: popularity ranks other items than table, expected 4, got 5");
  }

  @Test
  void aFailureOfTheModelReachesTheCaller() {
    SessionModel broken =
        new TableModel(
            "broken",
            ITEMS,
            4,
            session -> {
              if (session.size() > 1) {
                throw new ModelException("broken: no scores");
              }
              return new float[4];
            });
    assertThatThrownBy(() -> new Evaluator(1).evaluate(broken, List.of(), SESSIONS))
        .isInstanceOf(ModelException.class)
        .hasMessage("broken: no scores");
  }

  private EvaluationReport domain(String name) {
    return Objects.requireNonNull(report.byDomain().get(name));
  }

  private static EvaluationReport evaluate(String... sessions) {
    return new Evaluator(1, 2, 3).evaluate(MODEL, List.of(), log(sessions));
  }

  static SessionLog log(String... sessions) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < sessions.length; i++) {
      for (String item : sessions[i].split(" ", -1)) {
        builder.add("s" + i, item);
      }
    }
    return builder.build();
  }

  private static Item item(String id, String domain, double popularity) {
    return new Item(id, id, domain, List.of(), "", popularity, "", "");
  }
}
