package dev.segue.kernels;

/// Optimisers for the rows that occur: a thread takes some distinct ids, sums each one's gradients
/// into scratch and updates its row at once. Formulas: [AdamRows], [AdagradRows].
final class VectorRowOptimiser {
  /// Work of one element in multiply-adds: rows are scattered over memory.
  private static final int WORK_OF_AN_ELEMENT = 16;

  private final Workers workers;

  VectorRowOptimiser(Workers workers) {
    this.workers = workers;
  }

  /// Updates one row with its gradient.
  private interface RowStep {
    void run(int group, float[] gradient);
  }

  void adam(AdamRows op) {
    RowGradients rows = op.gradients();
    OptimiserLoops.AdamStep step = OptimiserLoops.AdamStep.of(op.settings(), op.step());
    HeapTensor p = HeapTensor.of(op.parameters());
    HeapTensor m = HeapTensor.of(op.firstMoment());
    HeapTensor v = HeapTensor.of(op.secondMoment());
    forEachRow(
        rows,
        (group, gradient) ->
            OptimiserLoops.adam(
                step,
                rows.array(p, group),
                rows.offset(p, group),
                gradient,
                0,
                rows.array(m, group),
                rows.offset(m, group),
                rows.array(v, group),
                rows.offset(v, group),
                rows.columns()));
  }

  void adagrad(AdagradRows op) {
    RowGradients rows = op.gradients();
    HeapTensor p = HeapTensor.of(op.parameters());
    HeapTensor a = HeapTensor.of(op.accumulator());
    HeapTensor w = op.velocity() == null ? null : HeapTensor.of(op.velocity());
    forEachRow(
        rows,
        (group, gradient) -> {
          float[] pArray = rows.array(p, group);
          int pAt = rows.offset(p, group);
          float[] aArray = rows.array(a, group);
          int aAt = rows.offset(a, group);
          int count = rows.columns();
          if (w == null) {
            OptimiserLoops.adagrad(op.settings(), pArray, pAt, gradient, 0, aArray, aAt, count);
          } else {
            float[] wArray = rows.array(w, group);
            int wAt = rows.offset(w, group);
            OptimiserLoops.adagradWithMomentum(
                op.settings(), pArray, pAt, gradient, 0, aArray, aAt, wArray, wAt, count);
          }
        });
  }

  private void forEachRow(RowGradients rows, RowStep step) {
    int parts = workers.parts(rows.size() * WORK_OF_AN_ELEMENT);
    workers.run(
        parts,
        part -> {
          float[] gradient = new float[rows.columns()];
          int end = VectorGemm.cut(rows.distinct(), part + 1, parts, 1);
          for (int group = VectorGemm.cut(rows.distinct(), part, parts, 1); group < end; group++) {
            rows.sum(group, gradient);
            step.run(group, gradient);
          }
        });
  }
}
