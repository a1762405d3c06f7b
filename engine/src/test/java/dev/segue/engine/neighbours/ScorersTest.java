package dev.segue.engine.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Every formula on three sessions, computed by hand: a, b, c two days ago, b, a, d yesterday, and
/// c, d today.
class ScorersTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int D = 3;
  private static final int NEVER = 4;
  private static final Offset<Float> NEAR = within(1e-6f);

  private final SessionIndex index =
      Indexes.index(
          Indexes.daily(new int[] {A, B, C}, new int[] {B, A, D}, new int[] {C, D}), 5, 9, 9);

  @Test
  void vsknnWeighsSharedItemsByPlace() {
    NeighbourScorer linear = new SessionNeighbours(index, vsknn(9, new Decay.None()));
    // sim = 1 + 1/2 for both sessions that hold a and b.
    assertThat(Indexes.scores(linear, A, B)).isEqualTo(Map.of(A, 3f, B, 3f, C, 1.5f, D, 1.5f));
    // a, d: sim 1/2 with the first session, 3/2 with the second, 1 with the third.
    assertThat(Indexes.scores(linear, A, D)).isEqualTo(Map.of(A, 2f, B, 2f, C, 1.5f, D, 2.5f));
  }

  @Test
  void theLastSharedItemWeighsTheNeighbour() {
    NeighbourScorer reciprocal = new SessionNeighbours(index, vsknn(9, new Decay.Reciprocal()));
    // As above, but the first session shares a alone, one step back: half of it counts.
    assertThat(Indexes.scores(reciprocal, A, D))
        .isEqualTo(Map.of(A, 1.75f, B, 1.75f, C, 1.25f, D, 2.5f));
  }

  @Test
  void ofEquallySimilarSessionsTheMoreRecentIsTheNeighbour() {
    NeighbourScorer one = new SessionNeighbours(index, vsknn(1, new Decay.None()));
    assertThat(Indexes.scores(one, A, B)).isEqualTo(Map.of(A, 1.5f, B, 1.5f, D, 1.5f));
  }

  @Test
  void stanWeighsPlaceTimeAndDistance() {
    NeighbourScorer stan =
        new SessionNeighbours(
            index,
            new SessionNeighbours.Weights(
                9,
                9,
                new Decay.Exponential(1),
                2,
                true,
                new Decay.None(),
                new Decay.Exponential(4),
                0));
    double oldest = (1 + Math.exp(-1)) / Math.sqrt(2 * 3) * Math.exp(-2 / 2.0);
    double middle = (1 + Math.exp(-1)) / Math.sqrt(2 * 3) * Math.exp(-1 / 2.0);
    Map<Integer, Float> scores = Indexes.scores(stan, A, B);
    assertThat(scores).containsOnlyKeys(A, B, C, D);
    assertThat(scores.get(A)).isCloseTo((float) ((oldest + middle) * Math.exp(-0.25)), NEAR);
    assertThat(scores.get(B)).isCloseTo((float) (oldest + middle), NEAR);
    assertThat(scores.get(C)).isCloseTo((float) (oldest * Math.exp(-0.25)), NEAR);
    assertThat(scores.get(D)).isCloseTo((float) (middle * Math.exp(-0.5)), NEAR);
  }

  @Test
  void vstanAddsTheLastSharedItemAndRarity() {
    NeighbourScorer vstan =
        new SessionNeighbours(
            index,
            new SessionNeighbours.Weights(
                9,
                9,
                new Decay.Exponential(1),
                2,
                true,
                new Decay.Exponential(3),
                new Decay.Exponential(4),
                0.5));
    double rarity = 1 + 0.5 * Math.log(3 / 2.0);
    double oldest = Math.exp(-1) / Math.sqrt(2 * 3) * Math.exp(-2 / 2.0) * Math.exp(-1 / 3.0);
    double middle = (1 + Math.exp(-1)) / Math.sqrt(2 * 3) * Math.exp(-1 / 2.0);
    double latest = 1 / Math.sqrt(2 * 2);
    Map<Integer, Float> scores = Indexes.scores(vstan, A, D);
    // From a in the oldest session: b 1 place, c 2; from d in the middle one: a 1, b 2.
    double a = oldest + middle * Math.exp(-0.25);
    double b = oldest * Math.exp(-0.25) + middle * Math.exp(-0.5);
    double c = oldest * Math.exp(-0.5) + latest * Math.exp(-0.25);
    assertThat(scores.get(A)).isCloseTo((float) (rarity * a), NEAR);
    assertThat(scores.get(B)).isCloseTo((float) (rarity * b), NEAR);
    assertThat(scores.get(C)).isCloseTo((float) (rarity * c), NEAR);
    assertThat(scores.get(D)).isCloseTo((float) (rarity * (middle + latest)), NEAR);
  }

  @Test
  void itemsThatAreInNoSessionScoreNothing() {
    assertThat(Indexes.scores(new SessionNeighbours(index, vsknn(9, new Decay.None())), NEVER))
        .isEmpty();
    assertThat(Indexes.scores(new ItemNeighbours(index, 9, 20), NEVER)).isEmpty();
    assertThat(Indexes.scores(new SequentialRules(index, 9, 10), NEVER)).isEmpty();
  }

  @Test
  void itemNeighboursAreTheCosineOfSharedSessions() {
    Map<Integer, Float> plain = Indexes.scores(new ItemNeighbours(index, 9, 0), B, A);
    assertThat(plain).containsOnlyKeys(B, C, D);
    assertThat(plain.get(B)).isCloseTo(2 / 2f, NEAR);
    assertThat(plain.get(C)).isCloseTo(1 / 2f, NEAR);
    assertThat(plain.get(D)).isCloseTo(1 / 2f, NEAR);
    assertThat(Indexes.scores(new ItemNeighbours(index, 9, 20), B, A).get(B))
        .isCloseTo(2 / 22f, NEAR);
    assertThat(Indexes.scores(new ItemNeighbours(index, 1, 0), B, A))
        .as("the most recent session of a is b, a, d")
        .containsOnlyKeys(B, D);
  }

  @Test
  void rulesWeighWhatCameAfterByDistance() {
    assertThat(Indexes.scores(new SequentialRules(index, 9, 10), C, B))
        .isEqualTo(Map.of(A, 1f, C, 1f, D, 0.5f));
    assertThat(Indexes.scores(new SequentialRules(index, 9, 1), C, B))
        .isEqualTo(Map.of(A, 1f, C, 1f));
  }

  @Test
  void anItemThatComesAgainFollowsItself() {
    // The second session has c again after two others, the third one a twice in a row.
    SessionIndex repeats =
        Indexes.index(
            Indexes.daily(new int[] {A, B, C}, new int[] {C, A, B, C}, new int[] {A, A, D}),
            5,
            9,
            9);
    assertThat(Indexes.scores(new SequentialRules(repeats, 9, 10), C))
        .isEqualTo(Map.of(A, 1f, B, 0.5f, C, 1 / 3f));
    assertThat(Indexes.scores(new SequentialRules(repeats, 9, 2), C))
        .as("within two steps")
        .isEqualTo(Map.of(A, 1f, B, 0.5f));
    // a then a: 1; a to b: 1 and 1; a to c: 1/2 and 1/2; a to d: 1/2 and 1.
    assertThat(Indexes.scores(new SequentialRules(repeats, 9, 10), A))
        .isEqualTo(Map.of(A, 1f, B, 2f, C, 1f, D, 1.5f));
    Map<Integer, Float> near = Indexes.scores(new ItemNeighbours(repeats, 9, 0), C);
    assertThat(near.get(C)).as("in one of its two sessions").isCloseTo(1 / 2f, NEAR);
    assertThat(Indexes.scores(new ItemNeighbours(repeats, 9, 0), B)).doesNotContainKey(B);
  }

  @Test
  void aSampleBeyondTheIndexIsRefused() {
    SessionNeighbours.Weights weights =
        new SessionNeighbours.Weights(
            5, 10, new Decay.None(), 1, true, new Decay.None(), new Decay.None(), 0);
    assertThatThrownBy(() -> new SessionNeighbours(index, weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a sample of 1 to 9, got 5 and 10");
  }

  @Test
  void decaysFallFromOne() {
    assertThat(Decay.parse("linear").weights(4)).containsExactly(1, 0.75f, 0.5f, 0.25f);
    assertThat(Decay.parse("quadratic").weights(4)).containsExactly(1, 0.5625f, 0.25f, 0.0625f);
    assertThat(Decay.parse("reciprocal").weights(3)).containsExactly(1, 0.5f, (float) (1 / 3.0));
    assertThat(Decay.parse("none").weights(2)).containsExactly(1, 1);
    assertThat(Decay.parse("2").weights(2)).containsExactly(1, (float) Math.exp(-0.5));
    assertThatThrownBy(() -> Decay.parse("0")).hasMessageContaining("expected above 0, got 0");
    assertThatThrownBy(() -> Decay.parse("fast")).isInstanceOf(IllegalArgumentException.class);
  }

  private static SessionNeighbours.Weights vsknn(int k, Decay match) {
    return new SessionNeighbours.Weights(
        k, 9, new Decay.Polynomial(1), Double.POSITIVE_INFINITY, false, match, new Decay.None(), 0);
  }
}
