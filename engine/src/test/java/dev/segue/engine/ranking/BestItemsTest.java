package dev.segue.engine.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.TopK;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BestItemsTest {
  @Test
  void equalScoresComeInOrderOfItem() {
    assertThat(new BestItems(3).select(new float[] {1, 2, 2, 1, 2}, 0, 5)).containsExactly(1, 2, 4);
  }

  @Test
  void scoresThatAreNotNumbersComeLast() {
    float[] scores = {Float.NaN, 1, Float.NaN, 3, 2};
    assertThat(new BestItems(5).select(scores, 0, 5)).containsExactly(3, 4, 1, 0, 2);
    assertThat(new BestItems(2).select(scores, 0, 5)).containsExactly(3, 4);
  }

  @Test
  void fewerItemsThanAskedForAreAllOfThem() {
    assertThat(new BestItems(9).select(new float[] {0, 1}, 0, 2)).containsExactly(1, 0);
    assertThat(new BestItems(9).select(new float[0], 0, 0)).isEmpty();
  }

  @Test
  void excludedAndForbiddenItemsDoNotAppear() {
    float[] scores = {9, 8, 7, 6, 5};
    TopK top = new BestItems(2).select(scores, 5, new int[] {3, 0}, new long[] {0b11101});
    assertThat(top.items()[0]).containsExactly(2, 4);
    assertThat(top.scores()[0]).containsExactly(7, 5);
  }

  @Test
  void itemsBeyondTheFirstWordOfBitsAreFiltered() {
    float[] scores = new float[70];
    scores[65] = 3;
    scores[66] = 2;
    scores[1] = 1;
    TopK top = new BestItems(2).select(scores, 70, new int[0], new long[] {0b10, 1L << 2});
    assertThat(top.items()[0]).containsExactly(66, 1);
  }

  @Test
  void aSelectionOfNoItemsIsRefused() {
    assertThatThrownBy(() -> new BestItems(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("best items: k, expected at least 1, got 0");
  }

  @Property
  void agreesWithAFullSort(
      @ForAll("scores") List<Float> values,
      @ForAll @IntRange(min = 1, max = 40) int k,
      @ForAll Set<@IntRange(min = 0, max = 60) Integer> excluded) {
    float[] scores = RanksTest.toArray(values);
    List<Integer> sorted =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparingInt(i -> i))
            .toList();
    BestItems best = new BestItems(k);
    assertThat(best.select(scores, 0, scores.length))
        .containsExactly(sorted.stream().limit(k).mapToInt(i -> i).toArray());
    int[] without = excluded.stream().mapToInt(i -> i).toArray();
    assertThat(best.select(scores, scores.length, without, null).items()[0])
        .containsExactly(
            sorted.stream().filter(i -> !excluded.contains(i)).limit(k).mapToInt(i -> i).toArray());
  }

  @Provide
  Arbitrary<List<Float>> scores() {
    return Arbitraries.integers().between(-9, 9).map(i -> i / 2f + 0f).list().ofMaxSize(60);
  }
}
