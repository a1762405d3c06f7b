package dev.segue.kernels;

import java.util.Arrays;

/// Dense optimisers, each one parallel pass over memory. Formulas: [Adam], [Adagrad].
final class VectorOptimiser {
  /// Work of one element in multiply-adds: memory is slower than arithmetic.
  private static final int WORK_OF_AN_ELEMENT = 8;

  /// Elements after which the gradient is set to zero, while it is in the first cache.
  private static final int RUN_ELEMENTS = 1 << 12;

  private final Workers workers;

  VectorOptimiser(Workers workers) {
    this.workers = workers;
  }

  /// Updates rows that lie together in each tensor's array.
  private interface RowsStep {
    void run(int row, int count);
  }

  void adam(Adam op) {
    HeapTensor p = HeapTensor.of(op.parameters());
    HeapTensor g = HeapTensor.of(op.gradients());
    HeapTensor m = HeapTensor.of(op.firstMoment());
    HeapTensor v = HeapTensor.of(op.secondMoment());
    OptimiserLoops.AdamStep step = OptimiserLoops.AdamStep.of(op.settings(), op.step());
    forEachRun(
        (row, count) ->
            OptimiserLoops.adam(
                step,
                p.array(row),
                p.offset(row),
                g.array(row),
                g.offset(row),
                m.array(row),
                m.offset(row),
                v.array(row),
                v.offset(row),
                count),
        g,
        p,
        m,
        v);
  }

  void adagrad(Adagrad op) {
    HeapTensor p = HeapTensor.of(op.parameters());
    HeapTensor g = HeapTensor.of(op.gradients());
    HeapTensor a = HeapTensor.of(op.accumulator());
    if (op.velocity() == null) {
      forEachRun(
          (row, count) ->
              OptimiserLoops.adagrad(
                  op.settings(),
                  p.array(row),
                  p.offset(row),
                  g.array(row),
                  g.offset(row),
                  a.array(row),
                  a.offset(row),
                  count),
          g,
          p,
          a);
      return;
    }
    HeapTensor w = HeapTensor.of(op.velocity());
    forEachRun(
        (row, count) ->
            OptimiserLoops.adagradWithMomentum(
                op.settings(),
                p.array(row),
                p.offset(row),
                g.array(row),
                g.offset(row),
                a.array(row),
                a.offset(row),
                w.array(row),
                w.offset(row),
                count),
        g,
        p,
        a,
        w);
  }

  /// Takes all rows in short runs that lie together in every tensor, and sets each run's gradient
  /// to zero behind it.
  private void forEachRun(RowsStep step, HeapTensor gradients, HeapTensor... others) {
    int parts = workers.parts(gradients.size() * WORK_OF_AN_ELEMENT);
    int most = Math.max(1, RUN_ELEMENTS / Math.max(1, gradients.columns()));
    workers.run(
        parts,
        part -> {
          int end = VectorGemm.cut(gradients.rows(), part + 1, parts, 1);
          for (int row = VectorGemm.cut(gradients.rows(), part, parts, 1); row < end; ) {
            int rows = Math.min(Math.min(most, end - row), gradients.rowsInBlock(row));
            for (HeapTensor tensor : others) {
              rows = Math.min(rows, tensor.rowsInBlock(row));
            }
            int count = rows * gradients.columns();
            step.run(row, count);
            int from = gradients.offset(row);
            Arrays.fill(gradients.array(row), from, from + count, 0);
            row += rows;
          }
        });
  }
}
