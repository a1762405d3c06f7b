package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/// Scores and the best k. Threads take ranges of items, and each reads its part of the weights once
/// for all rows. Formulas: [Scores], [TopKSearch].
final class VectorRanking {
  /// Items scored at a time: their weights stay in the second cache while the rows pass by.
  private static final int CHUNK = 256;

  private final Workers workers;
  private final Workspace.Pool workspaces;

  VectorRanking(Workers workers, Workspace.Pool workspaces) {
    this.workers = workers;
    this.workspaces = workspaces;
  }

  /// What to do with the scores of items `from..to`: score of row `r` and item `j` is `scores[r ·
  /// CHUNK + j − from]`.
  private interface Sink {
    void take(float[] scores, int from, int to);
  }

  void scores(Scores op) {
    int rows = op.hidden().rows();
    int items = op.weights().rows();
    int parts = workers.parts((long) rows * op.weights().size());
    workers.run(
        parts,
        part ->
            score(
                op.hidden(),
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

  /// Each thread keeps the best of its items; the heaps of all threads are joined. Items of equal
  /// scores are ordered by number, so the answer does not depend on the cut.
  TopK topK(TopKSearch op) {
    int rows = op.hidden().rows();
    int items = op.weights().rows();
    int parts = workers.parts((long) rows * op.weights().size());
    RankingRow[] rules = new RankingRow[rows];
    BestK[][] best = new BestK[parts][rows];
    for (int row = 0; row < rows; row++) {
      rules[row] = new RankingRow(op, row);
      for (BestK[] heaps : best) {
        heaps[row] = new BestK(Math.min(op.k(), items));
      }
    }
    workers.run(
        parts,
        part ->
            score(
                op.hidden(),
                op.weights(),
                op.bias(),
                VectorGemm.cut(items, part, parts, 4),
                VectorGemm.cut(items, part + 1, parts, 4),
                (scores, from, to) -> {
                  for (int row = 0; row < rows; row++) {
                    offer(scores, row * CHUNK, from, to, rules[row], best[part][row]);
                  }
                }));
    for (int part = 1; part < parts; part++) {
      for (int row = 0; row < rows; row++) {
        best[0][row].offerAll(best[part][row]);
      }
    }
    return RankingRow.answer(best[0]);
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
      Tensor hidden, Tensor weights, @Nullable Tensor bias, int first, int end, Sink sink) {
    int rows = hidden.rows();
    int length = hidden.columns();
    HeapTensor table = HeapTensor.of(weights);
    float @Nullable [] offsets = bias == null ? null : HeapTensor.of(bias).array(0);
    try (Workspace workspace = workspaces.take()) {
      float[] queries = workspace.floats(Slot.ROWS, Math.multiplyExact(rows, length));
      hidden.read(0, FloatBuffer.wrap(queries, 0, rows * length));
      float[] scores = workspace.floats(Slot.SCORES, Math.multiplyExact(rows, CHUNK));
      Dots dots = new Dots(queries, rows, length, workspace);
      for (int from = first; from < end; from += CHUNK) {
        int to = Math.min(end, from + CHUNK);
        for (int item = from; item < to; ) {
          int here = Math.min(table.rowsInBlock(item), to - item);
          dots.times(table.array(item), table.offset(item), here, scores, item - from, CHUNK);
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
