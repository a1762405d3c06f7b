package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestKTest {
  @ParameterizedTest
  @CsvSource({"0,5", "1,0", "1,1", "3,2", "5,100", "100,100", "150,100", "20,1000"})
  void keepsWhatAFullSortKeeps(int k, int n) {
    Random random = new Random(k * 31L + n);
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      scores[i] = random.nextInt(10) == 0 ? Float.NaN : random.nextInt(n / 2 + 1);
    }
    int[] expected =
        IntStream.range(0, n)
            .filter(i -> !Float.isNaN(scores[i]))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparingInt(i -> i))
            .limit(k)
            .mapToInt(i -> i)
            .toArray();

    BestK whole = new BestK(k);
    BestK even = new BestK(k);
    for (int i = n - 1; i >= 0; i--) {
      whole.offer(scores[i], i);
      if (i % 2 == 0) {
        even.offer(scores[i], i);
      }
    }
    assertThat(drained(whole)).containsExactly(expected);
    BestK merged = new BestK(k);
    for (int i = 1; i < n; i += 2) {
      merged.offer(scores[i], i);
    }
    merged.offerAll(even);
    assertThat(drained(merged)).containsExactly(expected);
  }

  private static int[] drained(BestK best) {
    int[] items = new int[best.size()];
    best.drainTo(items, new float[items.length]);
    assertThat(best.size()).isZero();
    return items;
  }
}
