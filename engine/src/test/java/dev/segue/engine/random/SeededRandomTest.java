package dev.segue.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
  private static final int DRAWS = 100_000;

  @Test
  void sameSeedAndStreamGiveTheSameNumbers() {
    assertThat(new SeededRandom(5, 1).nextLong()).isEqualTo(new SeededRandom(5, 1).nextLong());
    assertThat(new SeededRandom(5, 1).nextLong()).isNotEqualTo(new SeededRandom(5, 2).nextLong());
    assertThat(new SeededRandom(5, 1).nextLong()).isNotEqualTo(new SeededRandom(6, 1).nextLong());
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    SeededRandom random = new SeededRandom(1, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = random.nextNormal();
      sum += x;
      squares += x * x;
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(0.02));
    assertThat(squares / DRAWS).isCloseTo(1, within(0.02));
  }

  @Test
  void integersAreSpreadEvenly() {
    SeededRandom random = new SeededRandom(1, 0);
    int[] counts = new int[7];
    for (int i = 0; i < DRAWS; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      assertThat(count).isCloseTo(DRAWS / 7, within(600));
    }
  }

  @Test
  void shufflingKeepsEveryElement() {
    int[] array = new int[1000];
    Arrays.setAll(array, i -> i);
    new SeededRandom(3, 0).shuffle(array);
    assertThat(array[0] == 0 && array[1] == 1 && array[2] == 2).isFalse();
    Arrays.sort(array);
    assertThat(array).isSorted().doesNotHaveDuplicates();
  }
}
