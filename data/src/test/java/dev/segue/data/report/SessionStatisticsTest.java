package dev.segue.data.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionStatisticsTest {
  private static final Catalogue CATALOGUE =
      Catalogue.of(
          List.of(
              Item.ofId("Movie_A"),
              Item.ofId("Movie_B"),
              Item.ofId("Book_C"),
              Item.ofId("Book_D")));

  private static SessionLog log() {
    return SessionLog.builder()
        .add("s1", "Movie_A", 1_000, "Clicked", 2_500)
        .add("s1", "Book_C", 2_000, "Searched", 1_500)
        .add("s1", "Movie_A", 3_000, "Clicked", -1)
        .add("s2", "Movie_A", 4_000, "Clicked", -1)
        .add("s2", "Song_X", 5_000, "Clicked", -1)
        .build();
  }

  @Test
  void lengthsActionsAndDwellAreCounted() {
    SessionStatistics statistics = SessionStatistics.of(log(), CATALOGUE);

    assertThat(statistics.sessions()).isEqualTo(2);
    assertThat(statistics.events()).isEqualTo(5);
    assertThat(statistics.items()).isEqualTo(3);
    assertThat(statistics.length().mean()).isEqualTo(2.5);
    assertThat(statistics.lengthHistogram().bins())
        .extracting(Histogram.Bin::from, Histogram.Bin::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2.0, 1L),
            org.assertj.core.groups.Tuple.tuple(3.0, 1L));
    assertThat(statistics.actions())
        .containsExactly(new NamedCount("Clicked", 4), new NamedCount("Searched", 1));
    assertThat(statistics.dwell().count()).isEqualTo(2);
    assertThat(statistics.dwell().mean()).isCloseTo(2, within(1e-9));
  }

  @Test
  void popularityIsRankedAndTheTopHundredthIsAtLeastOneItem() {
    SessionStatistics statistics = SessionStatistics.of(log(), CATALOGUE);

    assertThat(statistics.eventsByRank()).containsExactly(3, 1, 1);
    assertThat(statistics.topShare()).isEqualTo(0.6);
    assertThat(statistics.singletons()).isEqualTo(2);
  }

  @Test
  void transitionsGoFromRowToColumn() {
    Transitions transitions = SessionStatistics.of(log(), CATALOGUE).transitions();

    assertThat(transitions.domains()).containsExactly("Movie", "Book", "Song");
    assertThat(transitions.counts()).isDeepEqualTo(new long[][] {{0, 1, 1}, {1, 0, 0}, {0, 0, 0}});
    assertThat(transitions.crossing()).isEqualTo(3);
    assertThat(transitions.share(0, 1)).isEqualTo(0.5);
    assertThat(transitions.share(2, 0)).isZero();
  }

  @Test
  void coldItemsAndStrangersAreToldByTheCatalogue() {
    SessionStatistics statistics = SessionStatistics.of(log(), CATALOGUE);

    assertThat(statistics.cold())
        .containsExactly(new ColdItems("Movie", 2, 1), new ColdItems("Book", 2, 1));
    assertThat(statistics.cold().getFirst().share()).isEqualTo(0.5);
    assertThat(statistics.strangerEvents()).isEqualTo(1);
    assertThat(SessionStatistics.of(log(), null).cold()).isEmpty();
    assertThat(SessionStatistics.of(log(), null).strangerEvents()).isZero();
  }

  @Test
  void newItemsAreCountedInTheLastTenthOfTheSessions() {
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < 9; session++) {
      builder.add("s" + session, "Movie_A", session, "", -1);
    }
    builder.add("last", "Movie_A", 100, "", -1).add("last", "Movie_B", 101, "", -1);

    SessionStatistics statistics = SessionStatistics.of(builder.build(), null);

    assertThat(statistics.lateEvents()).isEqualTo(2);
    assertThat(statistics.lateNewEvents()).isEqualTo(1);
  }

  @Test
  void anEmptyLogHasNoFigures() {
    SessionStatistics statistics = SessionStatistics.of(SessionLog.builder().build(), null);

    assertThat(statistics.events()).isZero();
    assertThat(statistics.topShare()).isZero();
    assertThat(statistics.lateEvents()).isZero();
    assertThat(statistics.lengthHistogram().bins()).isEmpty();
  }
}
