package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import java.util.Arrays;
import java.util.Objects;

/// The GRU backward pass. Each thread takes its sequences back through all steps with the packed
/// recurrent weights and keeps the gradients by the gates of all rows; then the gradients of the
/// weights and of the input are products over whole sequences. Formula: [GruBackward].
///
/// The gradients by the gates lie where the gates were: a row is read and written while it is in
/// the first cache, which spares memory another matrix of the same size.
final class VectorGruBackward {
  private final Workers workers;
  private final Workspace.Pool workspaces;
  private final VectorGemm gemm;

  VectorGruBackward(Workers workers, Workspace.Pool workspaces, VectorGemm gemm) {
    this.workers = workers;
    this.workspaces = workspaces;
    this.gemm = gemm;
  }

  void run(GruBackward op) {
    GruForward forward = op.forward();
    int rows = forward.layout().rows();
    int size = forward.weights().hiddenSize();
    try (Workspace workspace = workspaces.take()) {
      HeapTensor gradients = HeapTensor.of(Objects.requireNonNull(forward.gates()));
      HeapTensor before = workspace.tensor(Slot.OTHER_ROWS, rows, size);
      RecurrentWeights recurrent =
          new RecurrentWeights(Matrix.of(forward.weights().recurrent()), workspace);
      int parts = workers.parts(rows * 3L * size * size);
      GruShares shares = new GruShares(forward.layout(), parts);
      workers.run(parts, part -> share(op, gradients, before, recurrent, shares, part));
      addWeightGradients(op, Matrix.of(gradients), Matrix.of(before));
      addBiasGradients(op.weightGradients(), gradients, size);
    }
  }

  /// Takes one share of the sequences back through all steps.
  private void share(
      GruBackward op,
      HeapTensor gradients,
      HeapTensor before,
      RecurrentWeights recurrent,
      GruShares shares,
      int part) {
    PackedLayout layout = op.forward().layout();
    int size = before.columns();
    int start = shares.start(part);
    int sequences = shares.live(part, layout.sequences());
    GruGates kernel = new GruGates(size);
    try (Workspace workspace = workspaces.take()) {
      HeapTensor carried = workspace.tensor(Slot.PRODUCT, sequences, size);
      Arrays.fill(carried.array(0), 0, sequences * size, 0);
      int firstRow = layout.rows();
      for (int step = layout.steps() - 1; step >= 0; step--) {
        firstRow -= layout.batchSize(step);
        int live = shares.live(part, layout.batchSize(step));
        for (int i = 0; i < live; i++) {
          int sequence = start + i;
          copyBefore(op.forward(), step, firstRow, sequence, before);
          rowBackward(op, kernel, firstRow + sequence, before, carried, i, gradients);
        }
        if (step > 0 || op.initialHiddenGradient() != null) {
          Matrix byProduct = Matrix.of(gradients).rows(firstRow + start, live);
          Matrix target = Matrix.of(carried).rows(0, live);
          recurrent.multiply(byProduct.columns(size, 3 * size), target, true, workspace);
        }
      }
      if (op.initialHiddenGradient() != null) {
        HeapTensor target = HeapTensor.of(op.initialHiddenGradient());
        for (int i = 0; i < sequences; i++) {
          copyRow(carried, i, target, start + i);
        }
      }
    }
  }

  private static void rowBackward(
      GruBackward op,
      GruGates kernel,
      int row,
      HeapTensor before,
      HeapTensor carried,
      int carriedRow,
      HeapTensor gradients) {
    HeapTensor upstream = HeapTensor.of(op.hiddenGradient());
    kernel.backward(
        gradients.array(row),
        gradients.offset(row),
        before.array(row),
        before.offset(row),
        upstream.array(row),
        upstream.offset(row),
        carried.array(carriedRow),
        carried.offset(carriedRow));
  }

  /// Lays the hidden state before each row beside the row, so that one product over all steps gives
  /// the gradient of the recurrent weights.
  private static void copyBefore(
      GruForward op, int step, int firstRow, int sequence, HeapTensor before) {
    int row = firstRow + sequence;
    if (step > 0) {
      int earlier = row - op.layout().batchSize(step - 1);
      copyRow(HeapTensor.of(op.hidden()), earlier, before, row);
    } else if (op.initialHidden() != null) {
      copyRow(HeapTensor.of(op.initialHidden()), sequence, before, row);
    } else {
      int from = before.offset(row);
      Arrays.fill(before.array(row), from, from + before.columns(), 0);
    }
  }

  private static void copyRow(HeapTensor from, int row, HeapTensor to, int toRow) {
    System.arraycopy(
        from.array(row), from.offset(row), to.array(toRow), to.offset(toRow), from.columns());
  }

  /// Gradients by the gates lie as dn, dr, dz, da; weights as r, z, n.
  private void addWeightGradients(GruBackward op, Matrix gradients, Matrix before) {
    GruForward forward = op.forward();
    int size = before.columns();
    Matrix byNew = gradients.columns(0, size);
    Matrix byResetAndUpdate = gradients.columns(size, 2 * size);
    Matrix x = Matrix.of(forward.input());
    Matrix input = Matrix.of(op.weightGradients().input());
    Matrix recurrent = Matrix.of(op.weightGradients().recurrent());
    gemm.multiply(byResetAndUpdate.transpose(), x, input.rows(0, 2 * size), null, true);
    gemm.multiply(byNew.transpose(), x, input.rows(2 * size, size), null, true);
    gemm.multiply(gradients.columns(size, 3 * size).transpose(), before, recurrent, null, true);
    if (op.inputGradient() != null) {
      Matrix weights = Matrix.of(forward.weights().input());
      Matrix target = Matrix.of(op.inputGradient());
      gemm.multiply(byResetAndUpdate, weights.rows(0, 2 * size), target, null, false);
      gemm.multiply(byNew, weights.rows(2 * size, size), target, null, true);
    }
  }

  private void addBiasGradients(GruWeights target, HeapTensor gradients, int size) {
    float[] input = HeapTensor.of(target.inputBias()).array(0);
    float[] recurrent = HeapTensor.of(target.recurrentBias()).array(0);
    int columns = 4 * size;
    int parts = workers.parts(gradients.size());
    workers.run(
        parts,
        part -> {
          int from = VectorGemm.cut(columns, part, parts, Lanes.COUNT);
          int to = VectorGemm.cut(columns, part + 1, parts, Lanes.COUNT);
          try (Workspace workspace = workspaces.take()) {
            float[] sums = workspace.floats(Slot.SUMS, columns);
            Arrays.fill(sums, from, to, 0);
            for (int row = 0; row < gradients.rows(); row++) {
              float[] source = gradients.array(row);
              VectorRows.add(source, gradients.offset(row) + from, sums, from, to - from);
            }
            for (int column = from; column < to; column++) {
              addBias(column, sums[column], size, input, recurrent);
            }
          }
        });
  }

  private static void addBias(int column, float sum, int size, float[] input, float[] recurrent) {
    if (column < size) {
      input[2 * size + column] += sum;
    } else {
      recurrent[column - size] += sum;
      if (column < 3 * size) {
        input[column - size] += sum;
      }
    }
  }
}
