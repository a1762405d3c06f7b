package dev.segue.kernels;

import jdk.incubator.vector.FloatVector;

/// Gathering rows and adding gradients to rows. Formulas: [GatherRows], [ScatterAddRows].
final class VectorRows {
  private final Workers workers;

  VectorRows(Workers workers) {
    this.workers = workers;
  }

  void gather(GatherRows op) {
    HeapTensor table = HeapTensor.of(op.table());
    HeapTensor out = HeapTensor.of(op.out());
    int[] ids = op.ids();
    int parts = workers.parts(out.size());
    workers.run(
        parts,
        part -> {
          int end = VectorGemm.cut(ids.length, part + 1, parts, 1);
          for (int i = VectorGemm.cut(ids.length, part, parts, 1); i < end; i++) {
            System.arraycopy(
                table.array(ids[i]),
                table.offset(ids[i]),
                out.array(i),
                out.offset(i),
                out.columns());
          }
        });
  }

  /// Threads take columns, so that each sums repeated ids in order.
  void scatterAdd(ScatterAddRows op) {
    HeapTensor rows = HeapTensor.of(op.rows());
    HeapTensor target = HeapTensor.of(op.target());
    int[] ids = op.ids();
    int parts = workers.parts(rows.size());
    workers.run(
        parts,
        part -> {
          int from = VectorGemm.cut(rows.columns(), part, parts, Lanes.COUNT);
          int count = VectorGemm.cut(rows.columns(), part + 1, parts, Lanes.COUNT) - from;
          for (int i = 0; i < ids.length; i++) {
            int at = target.offset(ids[i]) + from;
            add(rows.array(i), rows.offset(i) + from, target.array(ids[i]), at, count);
          }
        });
  }

  /// `target[at + i] += source[from + i]`.
  static void add(float[] source, int from, float[] target, int at, int count) {
    int body = Lanes.SPECIES.loopBound(count);
    for (int i = 0; i < body; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, target, at + i)
          .add(FloatVector.fromArray(Lanes.SPECIES, source, from + i))
          .intoArray(target, at + i);
    }
    for (int i = body; i < count; i++) {
      target[at + i] += source[from + i];
    }
  }

  /// `x[from + i] *= factor` over a whole number of vectors.
  static void multiply(float[] x, int from, int count, float factor) {
    for (int i = from; i < from + count; i += Lanes.COUNT) {
      FloatVector.fromArray(Lanes.SPECIES, x, i).mul(factor).intoArray(x, i);
    }
  }
}
