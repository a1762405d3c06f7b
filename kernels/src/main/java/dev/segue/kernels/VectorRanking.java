package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Scores and the best k. Threads take ranges of items, and each reads its part of the weights once
/// for all rows. With a [QuantisedIndex] most weights are not read at all, see [QuantisedRanking].
/// Formulas: [Scores], [TopKSearch].
final class VectorRanking {
  /// Items scored at a time: their weights stay in the second cache while the rows pass by.
  private static final int CHUNK = 256;

  private final Workers workers;
  private final Workspace.Pool workspaces;
  private final WarmUp warmUp;
  private final QuantisedRanking quantised;

  VectorRanking(Workers workers, Workspace.Pool workspaces, WarmUp warmUp) {
    this.workers = workers;
    this.workspaces = workspaces;
    this.warmUp = warmUp;
    quantised = new QuantisedRanking(workers, workspaces, warmUp);
  }

  /// What to do with the scores of items `from..to`: score of row `r` and item `j` is `scores[r ·
  /// CHUNK + j − from]`.
  private interface Sink {
    void take(float[] scores, int from, int to);
  }

  void scores(Scores op) {
    int rows = op.hidden().rows();
    int items = op.weights().rows();
    float[] queries = rows(op.hidden(), IntStream.range(0, rows).toArray());
    int parts = workers.parts((long) rows * op.weights().size());
    workers.run(
        parts,
        part ->
            score(
                queries,
                rows,
                op.weights(),
                op.bias(),
                VectorGemm.cut(items, part, parts, 4),
                VectorGemm.cut(items, part + 1, parts, 4),
                (scores, from, to) -> {
                  for (int row = 0; row < rows; row++) {
                    int at = row * items + from;
                    System.arraycopy(scores, row * CHUNK, op.out(), at, to - from);
                  }
                }));
  }

  /// Makes an index where it pays, and returns it when its loops are compiled.
  RankingIndex index(Tensor weights, @Nullable Tensor bias) {
    ExactIndex exact = new ExactIndex(weights, bias);
    if (!QuantisedIndex.pays(weights)) {
      return exact;
    }
    warmUp.want(Kernel.values());
    try {
      // Answers are slowest before that, and should not have to share the pool as well.
      warmUp.await(Kernel.DOTS);
      RankingIndex index = QuantisedIndex.of(exact, workers);
      return warmUp.awaitIndex() ? index : exact;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return exact;
    }
  }

  TopK topK(TopKSearch op) {
    int rows = op.hidden().rows();
    RankingRow[] rules = new RankingRow[rows];
    BestK[] best = new BestK[rows];
    for (int row = 0; row < rows; row++) {
      rules[row] = new RankingRow(op, row);
      best[row] = new BestK(Math.min(op.k(), op.weights().rows()));
    }
    int[] left =
        op.index() instanceof QuantisedIndex index && QuantisedRanking.pays(op)
            ? quantised.topK(op, index, rules, best)
            : IntStream.range(0, rows).toArray();
    topK(op, left, rules, best);
    return RankingRow.answer(best);
  }

  /// Ranks some rows by all weights in float. Each thread keeps the best of its items; the heaps of
  /// all threads are joined. Items of equal scores are ordered by number, so the answer does not
  /// depend on the cut.
  private void topK(TopKSearch op, int[] rows, RankingRow[] rules, BestK[] best) {
    if (rows.length == 0) {
      return;
    }
    int items = op.weights().rows();
    float[] queries = rows(op.hidden(), rows);
    int parts = workers.parts((long) rows.length * op.weights().size());
    BestK[][] ofParts = new BestK[parts][rows.length];
    for (BestK[] heaps : ofParts) {
      Arrays.setAll(heaps, _ -> new BestK(Math.min(op.k(), items)));
    }
    workers.run(
        parts,
        part ->
            score(
                queries,
                rows.length,
                op.weights(),
                op.bias(),
                VectorGemm.cut(items, part, parts, 4),
                VectorGemm.cut(items, part + 1, parts, 4),
                (scores, from, to) -> {
                  for (int i = 0; i < rows.length; i++) {
                    offer(scores, i * CHUNK, from, to, rules[rows[i]], ofParts[part][i]);
                  }
                }));
    for (BestK[] heaps : ofParts) {
      for (int i = 0; i < rows.length; i++) {
        best[rows[i]].offerAll(heaps[i]);
      }
    }
  }

  private static float[] rows(Tensor table, int[] rows) {
    int columns = table.columns();
    float[] copy = new float[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      table.read(rows[i], FloatBuffer.wrap(copy, i * columns, columns));
    }
    return copy;
  }

  /// Most scores end at the first comparison; only a candidate is looked up in the rules.
  private static void offer(
      float[] scores, int at, int from, int to, RankingRow rules, BestK best) {
    for (int item = from; item < to; item++) {
      float score = scores[at + item - from];
      if (best.accepts(score, item) && rules.admits(item)) {
        best.offer(score, item);
      }
    }
  }

  private void score(
      float[] queries,
      int rows,
      Tensor weights,
      @Nullable Tensor bias,
      int first,
      int end,
      Sink sink) {
    int length = weights.columns();
    HeapTensor table = HeapTensor.of(weights);
    float @Nullable [] offsets = bias == null ? null : HeapTensor.of(bias).array(0);
    try (Workspace workspace = workspaces.take()) {
      float[] scores = workspace.floats(Slot.SCORES, Math.multiplyExact(rows, CHUNK));
      Dots dots = warmUp.has(Kernel.DOTS) ? new Dots(queries, rows, length, workspace) : null;
      boolean isTiled = warmUp.has(Kernel.TILE);
      for (int from = first; from < end; from += CHUNK) {
        int to = Math.min(end, from + CHUNK);
        for (int item = from; item < to; ) {
          int here = Math.min(table.rowsInBlock(item), to - item);
          float[] array = table.array(item);
          int at = table.offset(item);
          if (dots == null) {
            for (int row = 0; row < rows; row++) {
              int to0 = row * CHUNK + item - from;
              PlainDots.times(queries, row * length, length, array, at, here, scores, to0);
            }
          } else {
            dots.times(array, at, here, scores, item - from, CHUNK, isTiled);
          }
          item += here;
        }
        if (offsets != null) {
          for (int row = 0; row < rows; row++) {
            for (int item = from; item < to; item++) {
              scores[row * CHUNK + item - from] += offsets[item];
            }
          }
        }
        sink.take(scores, from, to);
      }
    }
  }
}
