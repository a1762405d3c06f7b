package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final Catalogue ITEMS =
      Catalogue.of(List.of(Item.ofId("a"), Item.ofId("b"), Item.ofId("c"), Item.ofId("d")));

  /// a → b twice, a → c once, b → d three times.
  private static final TrainingStatistics STATISTICS =
      new TrainingStatistics(
          new int[] {5, 4, 10, 4},
          new int[] {0, 2, 3, 3, 3},
          new int[] {1, 2, 3},
          new int[] {2, 1, 3});

  private final SessionModel popularity = Baselines.of(ITEMS, STATISTICS, null).get(0);
  private final SessionModel markov = Baselines.of(ITEMS, STATISTICS, null).get(2);

  @Test
  void popularityScoresBySupport() {
    assertThat(scores(popularity)).containsExactly(5, 4, 10, 4);
    assertThat(scores(popularity, 0, 1)).containsExactly(5, 4, 10, 4);
    assertThat(popularity.start().top(3, new int[] {2}, null).items()[0]).containsExactly(0, 1, 3);
  }

  @Test
  void markovScoresByWhatFollowedTheLastItem() {
    float[] afterA = scores(markov, 1, 0);
    assertThat(afterA[1]).isCloseTo(2 + 0.999f * 4 / 10, within(1e-6f));
    assertThat(afterA[2]).isCloseTo(1 + 0.999f, within(1e-6f));
    assertThat(afterA[0]).isCloseTo(0.999f * 5 / 10, within(1e-6f));
    assertThat(markov.start().top(4, new int[0], null).items()[0]).containsExactly(2, 0, 1, 3);
  }

  @Test
  void popularityNeverLiftsAnItemAboveOneThatFollowed() {
    float[] afterB = scores(markov, 1);
    assertThat(afterB[3]).isGreaterThan(afterB[2]);
    assertThat(scores(markov, 2)).as("nothing followed c").isEqualTo(scores(markov));
  }

  @Test
  void equallyPopularItemsTie() {
    float[] scores = scores(markov, 2);
    assertThat(scores[1]).isEqualTo(scores[3]);
  }

  @Test
  void sessionPopularityCountsWithinTheSession() {
    SessionModel model = Baselines.of(ITEMS, STATISTICS, null).get(1);
    assertThat(model.name()).isEqualTo("session-popularity");
    float[] scores = scores(model, 1, 3, 1);
    assertThat(scores[1]).isCloseTo(2 + 4 / 11f, within(1e-6f));
    assertThat(scores[3]).isCloseTo(1 + 4 / 11f, within(1e-6f));
    assertThat(scores[2]).as("the most popular item").isCloseTo(10 / 11f, within(1e-6f));
  }

  private static float[] scores(SessionModel model, int... items) {
    ModelState state = model.start();
    for (int item : items) {
      state.add(new ModelEvent(item, "Clicked", -1));
    }
    float[] scores = new float[4];
    state.scores(scores);
    return scores;
  }
}
