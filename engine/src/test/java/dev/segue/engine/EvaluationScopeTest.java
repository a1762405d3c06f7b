package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import dev.segue.engine.EvaluationScope.Targets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Which targets count and what is ranked. The model always says A 1, B 2, C 3, D 4; A and B are
/// films, C and D books.
class EvaluationScopeTest {
  private static final long DAY = 86_400_000L;

  private static final Catalogue ITEMS =
      Catalogue.of(
          List.of(
              SmallItems.item("Movie_A", 1, "", "", ""),
              SmallItems.item("Movie_B", 1, "", "", ""),
              SmallItems.item("Book_C", 1, "", "", ""),
              SmallItems.item("Book_D", 1, "", "", "")));

  private static final SessionModel MODEL =
      new TableModel("table", ITEMS, 4, session -> new float[] {1, 2, 3, 4});

  /// Ranks among all: 3, 1, 4 | 2, miss. The first and the fourth target are of the day of the
  /// event before.
  private static SessionLog log() {
    return SessionLog.builder()
        .add("s", "Book_D", DAY, "Clicked", -1)
        .add("s", "Movie_B", 2 * DAY - 1, "Clicked", -1)
        .add("s", "Book_D", 2 * DAY, "Clicked", -1)
        .add("s", "Movie_A", 5 * DAY, "Clicked", -1)
        .add("t", "Movie_B", 9 * DAY, "Clicked", -1)
        .add("t", "Book_C", 9 * DAY, "Clicked", -1)
        .add("t", "Book_Unknown", 10 * DAY, "Clicked", -1)
        .build();
  }

  private static EvaluationReport report(Targets targets, boolean withinDomain) {
    return new Evaluator(1, 2, 3, 4)
        .withResampling(new Resampling(20, 1))
        .withScope(new EvaluationScope(targets, withinDomain))
        .evaluate(MODEL, List.of(), log());
  }

  @Test
  void allTargetsAreRankedAmongAllItems() {
    EvaluationReport report = report(Targets.ALL, false);
    assertThat(report.predictions()).isEqualTo(5);
    assertThat(report.recall()).isEqualTo(Map.of(1, 0.2, 2, 0.4, 3, 0.6, 4, 0.8));
    assertThat(report.toJson()).contains("\"targets\" : \"all\"", "\"ranked\" : \"all\"");
  }

  /// Ranks among the items of the domain: B 1, D 1, A 2 | C 2, miss.
  @Test
  void withinADomainOnlyItsItemsAreRanked() {
    EvaluationReport report = report(Targets.ALL, true);
    assertThat(report.predictions()).isEqualTo(5);
    assertThat(report.recall()).isEqualTo(Map.of(1, 0.4, 2, 0.8, 3, 0.8, 4, 0.8));
    assertThat(report.toJson()).contains("\"ranked\" : \"within-domain\"");
  }

  @Test
  void onlyTargetsOfALaterDayCount() {
    EvaluationReport report = report(Targets.NEXT_DAY, false);
    assertThat(report.predictions()).isEqualTo(3);
    assertThat(report.sessions()).isEqualTo(2);
    assertThat(report.unknownTargets()).isEqualTo(1);
    assertThat(report.recall()).isEqualTo(Map.of(1, 1 / 3.0, 2, 1 / 3.0, 3, 1 / 3.0, 4, 2 / 3.0));
    assertThat(Objects.requireNonNull(report.byDomain().get("Movie")).predictions()).isEqualTo(1);
    Breakdown breakdown = Objects.requireNonNull(report.breakdown());
    assertThat(breakdown.byPosition().stream().mapToLong(TargetGroup::predictions).sum())
        .isEqualTo(3);
  }

  @Test
  void whatCannotBeToldIsRefused() {
    assertThatThrownBy(() -> report(Targets.COLD, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "evaluate: targets=cold, expected a trained model, got one without training events");
    assertThatThrownBy(() -> Targets.of("old"))
        .hasMessage("targets: expected all, next-day, trained or cold, got \"old\"");
    SessionLog untimed = SessionLog.builder().add("s", "Movie_A").add("s", "Movie_B").build();
    assertThatThrownBy(() ->
            new Evaluator(1)
                .withScope(new EvaluationScope(Targets.NEXT_DAY, false))
                .evaluate(MODEL, List.of(), untimed))
        .hasMessage("evaluate: targets=next-day, expected sessions with times, got none");
  }
}
