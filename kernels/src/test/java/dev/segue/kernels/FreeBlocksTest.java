package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreeBlocksTest {
  private final FreeBlocks free = new FreeBlocks();

  @Test
  void aClosedTensorsArrayIsUsedAgainAndIsZero() {
    HeapTensor first = tensor(300, 100);
    float[] array = first.array(0);
    first.fill(1);
    first.close();
    HeapTensor second = tensor(290, 100);
    assertThat(second.array(0)).isSameAs(array);
    assertThat(second.toArray()).containsOnly(0);
  }

  @Test
  void aTensorClosedTwiceGivesItsArrayOnce() {
    HeapTensor first = tensor(300, 100);
    first.close();
    first.close();
    assertThat(tensor(300, 100).array(0)).isNotSameAs(tensor(300, 100).array(0));
  }

  @Test
  void theArrayThatFitsBestIsTaken() {
    float[] large = new float[30_000];
    float[] small = new float[20_000];
    free.give(new float[][] {large, small});
    assertThat(free.take(20_000)).isSameAs(small);
    assertThat(free.take(20_000)).isSameAs(large);
    assertThat(free.take(20_000)).hasSize(20_000);
  }

  @Test
  void anArrayMoreThanTwiceAsLongIsLeft() {
    float[] large = new float[60_000];
    free.give(new float[][] {large});
    assertThat(free.take(20_000)).isNotSameAs(large);
  }

  @Test
  void tablesAreNotKept() {
    float[] table = new float[1 << 24];
    free.give(new float[][] {table});
    assertThat(free.take(1 << 24)).isNotSameAs(table);
  }

  @Test
  void whatIsKeptIsBounded() {
    float[][] arrays = new float[5][1 << 23];
    free.give(arrays);
    for (int i = 1; i < 5; i++) {
      assertThat(free.take(1 << 23)).isSameAs(arrays[i]);
    }
    assertThat(free.take(1 << 23)).isNotSameAs(arrays[0]);
  }

  private HeapTensor tensor(int rows, int columns) {
    return new HeapTensor(rows, columns, HeapTensor.BLOCK_ELEMENTS, free);
  }
}
