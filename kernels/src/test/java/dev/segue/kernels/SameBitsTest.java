package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same inputs give the same outputs, bit for bit, whatever the threads, the blocks and the
/// number of callers.
class SameBitsTest {
  private static final int WHOLE = HeapTensor.BLOCK_ELEMENTS;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void threadsDoNotChangeABit(int threads) {
    Map<String, float[]> expected = step(1, WHOLE);
    step(threads, WHOLE).forEach((name, bits) -> assertSame(name, bits, expected));
  }

  @Test
  void blocksDoNotChangeABit() {
    Map<String, float[]> expected = step(1, WHOLE);
    step(2, 600).forEach((name, bits) -> assertSame(name, bits, expected));
  }

  /// The first rounds run interpreted, the last compiled: the bits stay.
  @Test
  void repeatedRunsDoNotChangeABit() {
    Map<String, float[]> expected = step(2, WHOLE);
    for (int round = 0; round < 10; round++) {
      step(2, WHOLE).forEach((name, bits) -> assertSame(name, bits, expected));
    }
  }

  private static void assertSame(String name, float[] bits, Map<String, float[]> expected) {
    assertThat(bits).as(name).containsExactly(expected.get(name));
  }

  /// Runs every operation once and returns what they give.
  private static Map<String, float[]> step(int threads, int blockElements) {
    try (Backend backend = new VectorBackend(threads, 1, blockElements)) {
      Map<String, float[]> results =
          new LinkedHashMap<>(new GruRun(backend, 21, 35, 5, 5, 4, 3, 3, 3, 2, 1, 1).results());
      int rows = 210;
      int items = 1111;
      Tensor hidden = Contract.normal(backend, rows, 35, 1, 1);
      Tensor weights = Contract.normal(backend, items, 35, 0.2, 2);
      Tensor gradient = backend.allocate(items, 35);
      Tensor hiddenGradient = backend.allocate(rows, 35);
      Tensor biasGradient = backend.allocate(1, items);
      double loss =
          backend
              .softmaxCrossEntropy(
                  new SoftmaxCrossEntropy(
                      hidden,
                      weights,
                      Contract.normal(backend, 1, items, 1, 3),
                      Contract.ids(rows, items, 4),
                      1f / rows,
                      new SoftmaxCrossEntropy.Gradients(hiddenGradient, gradient, biasGradient)))
              .getAsDouble();
      backend.scatterAddRows(
          new ScatterAddRows(hiddenGradient, Contract.ids(rows, items, 5), gradient));
      double norm =
          backend.clipByGlobalNorm(new GradientClipping(List.of(gradient), 0.01)).getAsDouble();
      Tensor first = backend.allocate(items, 35);
      Tensor second = backend.allocate(items, 35);
      backend.dropout(new Dropout(gradient, gradient, 0.1f, 1, 2));
      backend.adam(new Adam(weights, gradient, first, second, Adam.Settings.ofRate(0.01), 1));
      TopK best = backend.topK(new TopKSearch(hidden, weights, null, 10, null, null));
      for (SampledLoss.Objective objective : SampledLossContract.OBJECTIVES) {
        SampledRun run = new SampledRun(backend, objective, 210, 1500, 900, 35);
        run.results().forEach((name, values) -> results.put(objective + " " + name, values));
        results.put(objective + " loss", new float[] {(float) run.loss()});
      }
      updateRows(backend, hidden, weights, first, second);
      results.put("losses", new float[] {(float) loss, (float) norm});
      results.put("hidden gradient", hiddenGradient.toArray());
      results.put("bias gradient", biasGradient.toArray());
      results.put("weights", weights.toArray());
      results.put("scores", best.scores()[rows - 1]);
      return results;
    }
  }

  /// Steps of rows, most of which occur several times.
  private static void updateRows(
      Backend backend, Tensor hidden, Tensor weights, Tensor first, Tensor second) {
    RowGradients rows =
        RowGradients.ofRows(
            weights.rows(), new RowGradients.Part(Contract.ids(hidden.rows(), 70, 6), hidden));
    backend.clipByGlobalNorm(new GradientClipping(List.of(), List.of(rows), 0.01));
    backend.adamRows(new AdamRows(weights, rows, first, second, Adam.Settings.ofRate(0.01), 2));
    backend.adagradRows(
        new AdagradRows(weights, rows, second, first, Adagrad.Settings.of(0.01, 0.2)));
    Tensor dense = Contract.normal(backend, weights.rows(), weights.columns(), 1, 7);
    backend.adagrad(new Adagrad(weights, dense, second, first, Adagrad.Settings.of(0.01, 0.2)));
  }

  @Test
  void manyCallersGetWhatOneGets() throws Exception {
    try (Backend backend = new VectorBackend(2, 1, WHOLE);
        ExecutorService callers = Executors.newFixedThreadPool(6)) {
      Tensor weights = Contract.normal(backend, 900, 33, 1, 1);
      GruRun run = new GruRun(backend, 33, 33, 4, 2, 2, 1);
      float[][] expected = answer(backend, weights, run);
      List<Callable<float[][]>> calls = new ArrayList<>();
      for (int call = 0; call < 200; call++) {
        calls.add(() -> answer(backend, weights, run));
      }
      for (Future<float[][]> future : callers.invokeAll(calls)) {
        assertThat(Arrays.deepEquals(future.get(), expected)).isTrue();
      }
    }
  }

  private static float[][] answer(Backend backend, Tensor weights, GruRun run) {
    Tensor rows = backend.allocate(9, 33);
    backend.gatherRows(new GatherRows(weights, new int[] {8, 1, 1, 4, 2, 7, 899, 3, 0}, rows));
    Tensor hidden = backend.allocate(9, 33);
    GruForward forward = run.forward();
    backend.gruForward(
        new GruForward(forward.layout(), rows, forward.weights(), null, hidden, null));
    TopK best = backend.topK(new TopKSearch(hidden, weights, null, 5, null, null));
    float[] scores = new float[9 * 900];
    backend.scores(new Scores(hidden, weights, null, scores));
    float[][] answer = Arrays.copyOf(best.scores(), best.scores().length + 1);
    answer[best.scores().length] = scores;
    return answer;
  }
}
