package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A backend that has not warmed up answers by plain loops with the bits of the kernels.
class FirstAnswersTest {
  private static final long LIMIT_NANOS = Duration.ofMinutes(3).toNanos();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 64, 100, 256})
  void plainStepsAndRankingsHaveTheBitsOfTheKernels(int size) {
    try (VectorBackend kernels = new VectorBackend(2);
        VectorBackend plain = new VectorBackend(2, WarmUp.needed())) {
      float[] states = states(kernels, size);
      assertThat(states(plain, size)).containsExactly(states);
      TopK best = best(kernels, size);
      TopK plainBest = best(plain, size);
      assertThat(plainBest.items()).isDeepEqualTo(best.items());
      assertThat(plainBest.scores()).isDeepEqualTo(best.scores());
      assertThat(scores(plain, size)).containsExactly(scores(kernels, size));
    }
  }

  @Test
  void plainGatesHaveTheBitsOfTheKernelsEverywhere() {
    float[] x = new float[4096];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 2048) * 0.05f;
    }
    float[] special = {
      0f,
      -0f,
      Float.MIN_VALUE,
      -1e-30f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    System.arraycopy(special, 0, x, 0, special.length);
    float[] sigmoid = x.clone();
    float[] tanh = x.clone();
    VectorMath.sigmoid(sigmoid, 0, x.length);
    VectorMath.tanh(tanh, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      assertThat(Float.floatToIntBits(PlainGates.sigmoid(x[i])))
          .as("sigmoid of " + x[i])
          .isEqualTo(Float.floatToIntBits(sigmoid[i]));
      assertThat(Float.floatToIntBits(PlainGates.tanh(x[i])))
          .as("tanh of " + x[i])
          .isEqualTo(Float.floatToIntBits(tanh[i]));
    }
  }

  @Test
  void theFirstRankingStartsTheWarmUpAndThenVectorsAreUsed() throws InterruptedException {
    WarmUp warmUp = WarmUp.needed();
    try (VectorBackend backend = new VectorBackend(1, warmUp)) {
      states(backend, 40);
      assertThat(warmUp.has(Kernel.DOTS)).isFalse();
      best(backend, 40);
      long start = System.nanoTime();
      while (!warmUp.has(Kernel.GATES) && System.nanoTime() - start < LIMIT_NANOS) {
        Thread.sleep(5);
      }
      assertThat(warmUp.has(Kernel.DOTS)).isTrue();
      assertThat(warmUp.has(Kernel.TILE)).isTrue();
      assertThat(warmUp.has(Kernel.GATES)).isTrue();
      assertThat(warmUp.has(Kernel.SUMS)).as("nobody asked for an index").isFalse();
    }
  }

  @Test
  void theLineAboutTheChoiceIsHandedOut() {
    List<String> lines = new ArrayList<>();
    Backends.openForServing(BackendChoice.AUTO, 1, lines::add).close();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).startsWith("backend: vector (").contains("; not cuda: ");
  }

  private static float[] states(Backend backend, int size) {
    GruWeights weights =
        new GruWeights(
            Contract.normal(backend, 3 * size, size + 5, 0.3, 1),
            Contract.normal(backend, 3 * size, size, 0.3, 2),
            Contract.normal(backend, 1, 3 * size, 1, 3),
            Contract.normal(backend, 1, 3 * size, 1, 4));
    Tensor hidden = backend.allocate(3, size);
    Tensor input = Contract.normal(backend, 3, size + 5, 1, 5);
    Tensor initial = Contract.normal(backend, 1, size, 1, 6);
    backend.gruForward(
        new GruForward(PackedLayout.ofLengths(3), input, weights, initial, hidden, null));
    return hidden.toArray();
  }

  private static TopK best(Backend backend, int size) {
    return backend.topK(
        new TopKSearch(
            Contract.normal(backend, 3, size, 1, 7),
            Contract.normal(backend, 1111, size, 1, 8),
            Contract.normal(backend, 1, 1111, 1, 9),
            21,
            new int[][] {{3}, {}, {1, 2}},
            null));
  }

  private static float[] scores(Backend backend, int size) {
    float[] out = new float[2 * 300];
    backend.scores(
        new Scores(
            Contract.normal(backend, 2, size, 1, 7),
            Contract.normal(backend, 300, size, 1, 8),
            Contract.normal(backend, 1, 300, 1, 9),
            out));
    return out;
  }
}
