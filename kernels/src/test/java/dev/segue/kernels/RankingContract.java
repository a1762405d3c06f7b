package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Tests of [Backend#scores] and [Backend#topK].
interface RankingContract extends Contract {
  @Test
  default void rankingGivesPyTorchsScoresAndOrder() {
    Golden golden = Golden.read("ranking");
    Tensor hidden = golden.tensor(backend(), "hidden");
    Tensor weights = golden.tensor(backend(), "weights");
    Tensor bias = golden.tensor(backend(), "bias");
    float[] scores = new float[3 * 41];
    backend().scores(new Scores(hidden, weights, bias, scores));
    Tolerance.assertClose("scores", scores, golden.numbers("scores"), 19);
    TopK best = backend().topK(new TopKSearch(hidden, weights, bias, 6, null, null));
    int[] items = golden.integers("bestItems");
    for (int row = 0; row < 3; row++) {
      assertThat(best.items()[row])
          .containsExactly(Arrays.copyOfRange(items, row * 6, row * 6 + 6));
    }
  }

  @Test
  default void topKOrdersEqualScoresByItem() {
    Tensor hidden = backend().tensor(1, 1, 1);
    Tensor weights = backend().tensor(7, 1, 2, 5, 2, 5, 1, 5, 2);
    TopK best = backend().topK(new TopKSearch(hidden, weights, null, 5, null, null));
    assertThat(best.items()[0]).containsExactly(1, 3, 5, 0, 2);
    assertThat(best.scores()[0]).containsExactly(5, 5, 5, 2, 2);
  }

  @Test
  default void topKGivesFewerThanKWhenFewerAreAllowed() {
    Tensor hidden = backend().tensor(2, 1, 1, -1);
    Tensor weights = backend().tensor(4, 1, 1, 2, 3, 4);
    int[][] excluded = {{3, 0, 3}, {}};
    TopK best = backend().topK(new TopKSearch(hidden, weights, null, 9, excluded, null));
    assertThat(best.items()[0]).containsExactly(2, 1);
    assertThat(best.items()[1]).containsExactly(0, 1, 2, 3);
    long[] allowed = {0b1010};
    best = backend().topK(new TopKSearch(hidden, weights, null, 9, excluded, allowed));
    assertThat(best.items()[0]).containsExactly(1);
    assertThat(best.items()[1]).containsExactly(1, 3);
  }

  @Test
  default void topKOfNothingIsEmpty() {
    Tensor weights = Contract.normal(backend(), 300, 5, 1, 1);
    Tensor none = backend().allocate(0, 5);
    assertThat(backend().topK(new TopKSearch(none, weights, null, 3, null, null)).items())
        .isEmpty();
    Tensor hidden = Contract.normal(backend(), 1, 5, 1, 2);
    int[][] all = {IntStream.range(0, 300).toArray()};
    assertThat(backend().topK(new TopKSearch(hidden, weights, null, 3, all, null)).items()[0])
        .isEmpty();
  }

  @Test
  default void topKAgreesWithASortOfTheScores() {
    int items = 777;
    Tensor hidden = Contract.normal(backend(), 5, 18, 1, 1);
    Tensor weights = Contract.normal(backend(), items, 18, 1, 2);
    Tensor bias = Contract.normal(backend(), 1, items, 1, 3);
    float[] scores = new float[5 * items];
    backend().scores(new Scores(hidden, weights, bias, scores));
    TopK best = backend().topK(new TopKSearch(hidden, weights, bias, 100, null, null));
    for (int row = 0; row < 5; row++) {
      int at = row * items;
      int[] sorted =
          IntStream.range(0, items)
              .boxed()
              .sorted((a, b) -> Float.compare(scores[at + b], scores[at + a]))
              .limit(100)
              .mapToInt(i -> i)
              .toArray();
      assertThat(best.items()[row]).containsExactly(sorted);
      for (int i = 0; i < 100; i++) {
        assertThat(best.scores()[row][i]).isEqualTo(scores[at + sorted[i]]);
      }
    }
  }

  @Test
  default void anIndexChangesNoBitOfTheAnswer() {
    Tensor hidden = Contract.normal(backend(), 6, 320, 1, 1);
    Tensor weights = Contract.normal(backend(), 2000, 320, 1, 2);
    Tensor bias = Contract.normal(backend(), 1, 2000, 1, 3);
    RankingIndex index = backend().rankingIndex(weights, bias);
    int[][] excluded = {{3, 0, 3}, {}, {1999}, {}, {7}, {}};
    TopK expected = backend().topK(new TopKSearch(hidden, weights, bias, 21, excluded, null));
    TopK best = backend().topK(new TopKSearch(hidden, index, 21, excluded, null));
    assertThat(best.items()).isDeepEqualTo(expected.items());
    assertThat(best.scores()).isDeepEqualTo(expected.scores());
  }

  @Test
  default void topKLeavesOutScoresThatAreNotNumbers() {
    Tensor hidden = backend().tensor(1, 1, 1);
    Tensor weights = backend().tensor(3, 1, Float.NaN, 2, Float.NEGATIVE_INFINITY);
    TopK best = backend().topK(new TopKSearch(hidden, weights, null, 3, null, null));
    assertThat(best.items()[0]).containsExactly(1, 2);
  }

  @Test
  default void rankingRefusesBadArguments() {
    Tensor hidden = backend().allocate(2, 4);
    Tensor weights = backend().allocate(3, 4);
    assertThatThrownBy(() -> new TopKSearch(hidden, weights, null, 0, null, null))
        .hasMessage("topK: k, expected at least 1, got 0");
    assertThatThrownBy(() -> new Scores(hidden, weights, null, new float[5]))
        .hasMessage("scores: out is too short, expected 6, got 5");
  }
}
