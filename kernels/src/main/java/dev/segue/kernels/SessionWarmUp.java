package dev.segue.kernels;

/// The work of one session on tiny tensors: a GRU step and a ranking without index, by the kernels.
final class SessionWarmUp {
  private static final int SIZE = 64;
  private static final int ITEMS = 256;

  /// More than any compiled loop needs for a multiply-add, on a busy machine too, and less than any
  /// other.
  private static final double COMPILED_NANOS = 1;

  private static final long STEP_WORK = 2L * 3 * SIZE * SIZE;
  private static final long RANKING_WORK = (long) ITEMS * SIZE;

  private final VectorGruForward gruForward;
  private final VectorRanking ranking;
  private final GruForward step;
  private final TopKSearch search;

  SessionWarmUp(Backend backend, VectorGruForward gruForward, VectorRanking ranking) {
    this.gruForward = gruForward;
    this.ranking = ranking;
    Tensor input = half(backend, 1, SIZE);
    step =
        new GruForward(
            PackedLayout.singleStep(1),
            input,
            new GruWeights(
                half(backend, 3 * SIZE, SIZE),
                half(backend, 3 * SIZE, SIZE),
                half(backend, 1, 3 * SIZE),
                half(backend, 1, 3 * SIZE)),
            input,
            half(backend, 1, SIZE),
            null);
    search =
        new TopKSearch(input, half(backend, ITEMS, SIZE), half(backend, 1, ITEMS), 1, null, null);
  }

  private static Tensor half(Backend backend, int rows, int columns) {
    Tensor tensor = backend.allocate(rows, columns);
    tensor.fill(0.5f);
    return tensor;
  }

  /// Does the work once and returns whether it took no longer than compiled kernels take.
  boolean isQuick() {
    long start = System.nanoTime();
    gruForward.run(step, false);
    ranking.topK(search, false);
    return System.nanoTime() - start < COMPILED_NANOS * (STEP_WORK + RANKING_WORK);
  }
}
