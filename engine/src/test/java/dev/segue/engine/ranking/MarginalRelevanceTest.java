package dev.segue.engine.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.random.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MarginalRelevanceTest {
  /// 0 and 1 are near-duplicates, 2 is half like both, 3 is like nothing.
  private static final double[][] ALIKE = {
    {1, 0.9, 0.5, 0}, {0.9, 1, 0.5, 0}, {0.5, 0.5, 1, 0}, {0, 0, 0, 1}
  };

  private static final double[] SCORES = {10, 9, 8, 0};

  @Test
  void withoutDiversityTheOrderStays() {
    assertThat(select(4, 0)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void everyPlaceFollowsTheFormula() {
    // r = 1, 0.9, 0.8, 0. After 0: 0.5·0.9 − 0.5·0.9 = 0, 0.5·0.8 − 0.5·0.5 = 0.15, 0.
    // After 2: 1 is still 0.9 like 0, so 0; 3 is 0 too and comes later.
    assertThat(select(4, 0.5)).containsExactly(0, 2, 1, 3);
    // d = 0.8: after 0 it is 0.18 − 0.72, 0.16 − 0.4 and 0.
    assertThat(select(4, 0.8)).containsExactly(0, 3, 2, 1);
  }

  @Test
  void aShorterListIsTheBeginningOfALongerOne() {
    SeededRandom random = new SeededRandom(1, 0);
    int[] items = new int[40];
    double[] scores = new double[40];
    double[][] alike = new double[40][40];
    for (int i = 0; i < 40; i++) {
      items[i] = i;
      scores[i] = 40 - i + random.nextDouble();
      for (int j = 0; j < i; j++) {
        alike[i][j] = random.nextDouble();
        alike[j][i] = alike[i][j];
      }
    }
    int[] whole = MarginalRelevance.select(items, scores, 40, 0.4, (a, b) -> alike[a][b]);
    int[] part = MarginalRelevance.select(items, scores, 7, 0.4, (a, b) -> alike[a][b]);
    assertThat(part).isEqualTo(Arrays.copyOf(whole, 7));
    assertThat(whole).doesNotHaveDuplicates();
  }

  @Test
  void equalScoresAndEmptyListsAreFine() {
    assertThat(MarginalRelevance.select(new int[] {5, 6}, new double[] {3, 3}, 2, 0.5, (a, b) -> 0))
        .containsExactly(0, 1);
    assertThat(MarginalRelevance.select(new int[0], new double[0], 3, 0.5, (a, b) -> 0)).isEmpty();
    double[] odd = {Double.NaN, 1, Double.NEGATIVE_INFINITY};
    assertThat(MarginalRelevance.select(new int[] {1, 2, 3}, odd, 3, 0.5, (a, b) -> 0))
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  private static int[] select(int k, double diversity) {
    return MarginalRelevance.select(
        new int[] {0, 1, 2, 3}, SCORES, k, diversity, (a, b) -> ALIKE[a][b]);
  }
}
