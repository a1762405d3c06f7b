package dev.segue.engine.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RanksTest {
  @Test
  void theBestItemHasRankOne() {
    assertThat(Ranks.of(new float[] {1, 3, 2}, 0, 3, 1)).isEqualTo(1);
    assertThat(Ranks.of(new float[] {1, 3, 2}, 0, 3, 2)).isEqualTo(2);
    assertThat(Ranks.of(new float[] {1, 3, 2}, 0, 3, 0)).isEqualTo(3);
  }

  @Test
  void equalScoresCountAgainstTheTarget() {
    float[] scores = {5, 5, 5, 1};
    assertThat(Ranks.of(scores, 0, 4, 0)).isEqualTo(3);
    assertThat(Ranks.of(scores, 0, 4, 2)).isEqualTo(3);
  }

  @Test
  void aScoreThatIsNotANumberNeverHelps() {
    float[] scores = {Float.NaN, 2, 1};
    assertThat(Ranks.of(scores, 0, 3, 0)).as("the target's own").isEqualTo(3);
    assertThat(Ranks.of(scores, 0, 3, 1)).as("another item's").isEqualTo(2);
  }

  @Test
  void onlyTheGivenPartOfTheArrayIsLookedAt() {
    assertThat(Ranks.of(new float[] {9, 9, 1, 2, 9}, 2, 2, 1)).isEqualTo(1);
  }

  @Property
  void agreesWithASortedList(@ForAll("scores") List<Float> values, @ForAll int pick) {
    int target = Math.floorMod(pick, values.size());
    float[] scores = toArray(values);
    List<Float> sorted = new ArrayList<>(values);
    sorted.sort(Collections.reverseOrder());
    int naive = sorted.lastIndexOf(values.get(target)) + 1;
    assertThat(Ranks.of(scores, 0, scores.length, target)).isEqualTo(naive);
  }

  @Provide
  Arbitrary<List<Float>> scores() {
    return Arbitraries.integers().between(-4, 4).map(i -> i / 2f + 0f).list().ofMinSize(1);
  }

  static float[] toArray(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
