package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import dev.segue.kernels.Tensor;
import dev.segue.kernels.TopK;
import dev.segue.kernels.TopKSearch;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTableTest {
  private static final int ITEMS = 9_000;
  private static final int SIZE = 64;
  private static final long LIMIT_NANOS = Duration.ofMinutes(3).toNanos();

  private static Tensor normal(Backend backend, int rows, int columns, int seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return backend.tensor(rows, columns, values);
  }

  @Test
  void answersAreTheSameBeforeAndAfterTheIndex() throws InterruptedException {
    try (Backend backend = Backends.open(BackendChoice.VECTOR);
        Tensor weights = normal(backend, ITEMS, SIZE, 1);
        Tensor bias = normal(backend, 1, ITEMS, 2);
        Tensor hidden = normal(backend, 3, SIZE, 3);
        RankingTable table = new RankingTable(backend, weights, bias)) {
      TopKSearch without = table.search(hidden, 21, null, null);
      assertThat(without.index().sizeInBytes()).isZero();
      TopK before = backend.topK(without);
      table.awaitIndex();
      TopKSearch with = table.search(hidden, 21, null, null);
      assertThat(with.index().sizeInBytes()).isPositive();
      TopK after = backend.topK(with);
      assertThat(after.items()).isDeepEqualTo(before.items());
      assertThat(after.scores()).isDeepEqualTo(before.scores());
    }
  }

  @Test
  void theFirstAnswerStartsTheIndex() throws InterruptedException {
    try (Backend backend = Backends.open(BackendChoice.VECTOR);
        Tensor weights = normal(backend, ITEMS, SIZE, 1);
        Tensor bias = normal(backend, 1, ITEMS, 2);
        Tensor hidden = normal(backend, 1, SIZE, 3);
        RankingTable table = new RankingTable(backend, weights, bias)) {
      TopK first = table.top(hidden, 5, null, null);
      long start = System.nanoTime();
      while (table.search(hidden, 5, null, null).index().sizeInBytes() == 0
          && System.nanoTime() - start < LIMIT_NANOS) {
        Thread.sleep(5);
      }
      assertThat(table.search(hidden, 5, null, null).index().sizeInBytes()).isPositive();
      assertThat(table.top(hidden, 5, null, null).items()).isDeepEqualTo(first.items());
    }
  }

  @Test
  void aProgramThatEndsAfterAnAnswerMakesNoIndex() {
    try (Backend backend = Backends.open(BackendChoice.VECTOR);
        Tensor weights = normal(backend, ITEMS, SIZE, 1);
        Tensor bias = normal(backend, 1, ITEMS, 2);
        Tensor hidden = normal(backend, 1, SIZE, 3)) {
      RankingTable table = new RankingTable(backend, weights, bias, 600_000);
      table.top(hidden, 5, null, null);
      table.close();
      assertThat(table.search(hidden, 5, null, null).index().sizeInBytes()).isZero();
    }
  }

  @Test
  void aTableClosesWhileItsIndexIsMade() {
    try (Backend backend = Backends.openForServing(BackendChoice.VECTOR, 1, line -> {});
        Tensor weights = normal(backend, ITEMS, SIZE, 1);
        Tensor bias = normal(backend, 1, ITEMS, 2);
        Tensor hidden = normal(backend, 1, SIZE, 3)) {
      for (int attempt = 0; attempt < 5; attempt++) {
        RankingTable table = new RankingTable(backend, weights, bias, 0);
        table.top(hidden, 5, null, null);
        table.close();
        assertThat(table.search(hidden, 5, null, null).index().sizeInBytes()).isZero();
      }
    }
  }

  @Test
  void aTableThatNobodyAskedClosesAtOnce() {
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        Tensor weights = normal(backend, 10, 4, 1);
        Tensor bias = normal(backend, 1, 10, 2)) {
      RankingTable table = new RankingTable(backend, weights, bias);
      table.close();
      assertThat(table.search(normal(backend, 1, 4, 3), 2, null, null).index().sizeInBytes())
          .isZero();
    }
  }
}
