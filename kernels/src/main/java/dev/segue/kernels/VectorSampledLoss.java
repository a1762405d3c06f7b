package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The sampled output layer with its loss: the items' rows are gathered once, then groups of rows
/// of the batch take three matrix products each, with the scores in between turned into gradients
/// in place. Formulas: [SampledLoss].
///
/// How many rows make a group depends on the shapes alone, and a row of scores belongs to one
/// thread, so results do not depend on the threads.
final class VectorSampledLoss {
  /// Scores that exist at once, 8 MiB: with more they leave the caches between two uses.
  private static final int ROUND_SCORES = 1 << 21;

  /// Work of one score in multiply-adds: an exponential or three.
  private static final int WORK_OF_A_SCORE = 16;

  private final Workers workers;
  private final Workspace.Pool workspaces;
  private final VectorGemm gemm;
  private final VectorRows rows;

  VectorSampledLoss(Workers workers, Workspace.Pool workspaces, VectorGemm gemm, VectorRows rows) {
    this.workers = workers;
    this.workspaces = workspaces;
    this.gemm = gemm;
    this.rows = rows;
  }

  double run(SampledLoss op) {
    SampledLoss.Gradients gradients = op.gradients();
    int count = op.hidden().rows();
    if (gradients != null && count == 0) {
      gradients.rows().fill(0);
    }
    if (gradients != null && gradients.bias() != null) {
      gradients.bias().fill(0);
    }
    try (Workspace workspace = workspaces.take()) {
      Batch batch = new Batch(op, workspace);
      int most = Math.max(1, ROUND_SCORES / Math.max(1, batch.width));
      double loss = 0;
      for (int from = 0; from < count; from += most) {
        loss += batch.round(from, Math.min(most, count - from));
      }
      return loss;
    }
  }

  /// One operation on its way.
  private final class Batch {
    private final SampledLoss op;
    private final Workspace workspace;
    private final int columns;
    private final int width;
    private final HeapTensor table;
    private final float[] shift;
    private final IdGroups groups;
    private final int[] groupOfColumn;

    Batch(SampledLoss op, Workspace workspace) {
      this.op = op;
      this.workspace = workspace;
      this.columns = op.items().length;
      this.width = Lanes.roundUp(columns);
      this.table = workspace.tensor(Slot.ROWS, columns, op.weights().columns());
      this.shift = workspace.floats(Slot.BIAS, width);
      this.groups = IdGroups.of(op.items());
      this.groupOfColumn = groups.groupOfPosition();
      rows.gather(new GatherRows(op.weights(), op.items(), table));
      fillShift();
    }

    /// What a column's scores are raised by. Padding to whole vectors takes no part.
    private void fillShift() {
      float[] biases = op.bias() == null ? null : HeapTensor.of(op.bias()).array(0);
      float[] corrections = op.corrections();
      for (int j = 0; j < columns; j++) {
        shift[j] = biases == null ? 0 : biases[op.items()[j]];
        shift[j] -= corrections.length == 0 ? 0 : corrections[j];
      }
      Arrays.fill(shift, columns, width, Float.NEGATIVE_INFINITY);
    }

    /// Loss and gradients of some rows.
    double round(int from, int count) {
      HeapTensor scores = workspace.tensor(Slot.PRODUCT, count, width);
      Matrix hidden = Matrix.of(op.hidden()).rows(from, count);
      Matrix own = Matrix.of(scores).columns(0, columns);
      gemm.multiply(hidden, Matrix.of(table).transpose(), own, null, false);
      double[] losses = new double[count];
      int parts = workers.parts(scores.size() * WORK_OF_A_SCORE);
      workers.run(
          parts,
          part -> {
            try (Workspace mine = workspaces.take()) {
              float[] scratch = mine.floats(Slot.SCORES, SampledRow.SCRATCH_ROWS * width);
              float[] lanes = mine.floats(Slot.LANES, Lanes.COUNT);
              SampledRow row = new SampledRow(op.objective(), shift, scratch, lanes);
              int end = VectorGemm.cut(count, part + 1, parts, 1);
              for (int i = VectorGemm.cut(count, part, parts, 1); i < end; i++) {
                losses[i] = loss(row, scores, i, from + i);
              }
            }
          });
      if (op.gradients() != null) {
        gradients(op.gradients(), from, hidden, own);
      }
      double loss = 0;
      for (double each : losses) {
        loss += each;
      }
      return loss;
    }

    private double loss(SampledRow row, HeapTensor scores, int i, int target) {
      int group = groupOfColumn[target];
      row.take(scores.array(i), scores.offset(i), columns, width, target);
      row.mask(groups.order(), groups.starts()[group], groups.starts()[group + 1]);
      float weight = op.rowWeight(target);
      return weight * row.toGradient(op.scale() * weight);
    }

    private void gradients(SampledLoss.Gradients target, int from, Matrix hidden, Matrix d) {
      Matrix hiddenGradient = Matrix.of(target.hidden()).rows(from, d.rows());
      gemm.multiply(d, Matrix.of(table), hiddenGradient, null, false);
      gemm.multiply(d.transpose(), hidden, Matrix.of(target.rows()), null, from > 0);
      addBiasGradient(target.bias(), d);
    }

    private void addBiasGradient(@Nullable Tensor target, Matrix d) {
      if (target == null) {
        return;
      }
      float[] sums = HeapTensor.of(target).array(0);
      int parts = workers.parts((long) d.rows() * columns);
      workers.run(
          parts,
          part -> {
            int start = VectorGemm.cut(columns, part, parts, Lanes.COUNT);
            int here = VectorGemm.cut(columns, part + 1, parts, Lanes.COUNT) - start;
            for (int i = 0; i < d.rows(); i++) {
              VectorRows.add(d.array(i), d.offset(i) + start, sums, start, here);
            }
          });
    }
  }
}
