package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import java.util.Arrays;

/// The GRU forward pass: one product for the inputs of all steps, then for each step one product
/// with the packed recurrent weights on live rows only, and fused gates. Formula: [GruForward].
///
/// A single sequence, which is what serving a live session asks for, is computed by dot products on
/// the caller's thread: packing would cost more than the step.
final class VectorGruForward {
  private final Workers workers;
  private final Workspace.Pool workspaces;
  private final VectorGemm gemm;
  private final WarmUp warmUp;

  VectorGruForward(Workers workers, Workspace.Pool workspaces, VectorGemm gemm, WarmUp warmUp) {
    this.workers = workers;
    this.workspaces = workspaces;
    this.gemm = gemm;
    this.warmUp = warmUp;
  }

  void run(GruForward op) {
    if (op.layout().rows() == 0) {
      return;
    }
    int rows = op.layout().rows();
    int size = op.weights().hiddenSize();
    try (Workspace workspace = workspaces.take()) {
      HeapTensor gates =
          op.gates() == null
              ? workspace.tensor(Slot.ROWS, rows, 4 * size)
              : HeapTensor.of(op.gates());
      if (op.layout().sequences() == 1) {
        oneSequence(op, gates, workspace);
      } else {
        manySequences(op, gates, workspace);
      }
    }
  }

  private void manySequences(GruForward op, HeapTensor gates, Workspace workspace) {
    GruWeights weights = op.weights();
    int size = weights.hiddenSize();
    Matrix input = Matrix.of(weights.input(), true);
    float[] bias = biasBeforeGates(weights, workspace);
    gemm.multiply(Matrix.of(op.input()), input, Matrix.of(gates).columns(0, 3 * size), null, false);
    RecurrentWeights recurrent =
        new RecurrentWeights(Matrix.of(weights.recurrent(), true), workspace);
    int parts = workers.parts(op.layout().rows() * 3L * size * size);
    GruShares shares = new GruShares(op.layout(), parts);
    workers.run(parts, part -> share(op, gates, bias, recurrent, shares, part));
  }

  /// Takes one share of the sequences through all steps.
  ///
  /// The product of the inputs gets its biases here, row by row while a row is in the first cache,
  /// and not before: writing them for all rows first would send the gates through memory once more.
  private void share(
      GruForward op,
      HeapTensor gates,
      float[] bias,
      RecurrentWeights recurrent,
      GruShares shares,
      int part) {
    PackedLayout layout = op.layout();
    HeapTensor hidden = HeapTensor.of(op.hidden());
    int size = op.weights().hiddenSize();
    int start = shares.start(part);
    float[] recurrentBias = HeapTensor.of(op.weights().recurrentBias()).array(0);
    GruGates kernel = new GruGates(size);
    try (Workspace workspace = workspaces.take()) {
      HeapTensor product =
          workspace.tensor(Slot.PRODUCT, shares.live(part, layout.sequences()), 3 * size);
      HeapTensor before = GruBefore.start(op, size);
      int beforeRow = start;
      int firstRow = 0;
      for (int step = 0; step < layout.steps(); step++) {
        int live = shares.live(part, layout.batchSize(step));
        Matrix target = Matrix.of(product).rows(0, live);
        if (step == 0 && op.initialHidden() == null) {
          Arrays.fill(product.array(0), 0, live * 3 * size, 0);
        } else {
          recurrent.multiply(Matrix.of(before).rows(beforeRow, live), target, false, workspace);
        }
        for (int i = 0; i < live; i++) {
          int row = firstRow + start + i;
          VectorRows.add(bias, 0, gates.array(row), gates.offset(row), 3 * size);
          kernel.forward(
              gates.array(row),
              gates.offset(row),
              product.array(i),
              product.offset(i),
              recurrentBias,
              before.array(beforeRow + i),
              before.offset(beforeRow + i),
              hidden.array(row),
              hidden.offset(row));
        }
        before = hidden;
        beforeRow = firstRow + start;
        firstRow += layout.batchSize(step);
      }
    }
  }

  /// Kernels that are not compiled yet give way to plain loops of the same bits.
  private void oneSequence(GruForward op, HeapTensor gates, Workspace workspace) {
    GruWeights weights = op.weights();
    int size = weights.hiddenSize();
    HeapTensor hidden = HeapTensor.of(op.hidden());
    float[] bias = biasBeforeGates(weights, workspace);
    float[] product = workspace.floats(Slot.PRODUCT, 3 * size);
    HeapTensor before = GruBefore.start(op, size);
    int beforeRow = 0;
    for (int row = 0; row < op.layout().rows(); row++) {
      float[] gate = gates.array(row);
      int at = gates.offset(row);
      dots(weights.input(), HeapTensor.of(op.input()), row, gate, at, workspace);
      for (int i = 0; i < 3 * size; i++) {
        gate[at + i] += bias[i];
      }
      dots(weights.recurrent(), before, beforeRow, product, 0, workspace);
      gates(op, gate, at, product, before, beforeRow, row);
      before = hidden;
      beforeRow = row;
    }
  }

  private void gates(
      GruForward op,
      float[] gate,
      int at,
      float[] product,
      HeapTensor before,
      int beforeRow,
      int row) {
    int size = op.weights().hiddenSize();
    HeapTensor hidden = HeapTensor.of(op.hidden());
    float[] resetBias = HeapTensor.of(op.weights().recurrentBias()).array(0);
    float[] from = before.array(beforeRow);
    int fromAt = before.offset(beforeRow);
    float[] to = hidden.array(row);
    int toAt = hidden.offset(row);
    if (warmUp.has(Kernel.GATES)) {
      new GruGates(size).forward(gate, at, product, 0, resetBias, from, fromAt, to, toAt);
    } else {
      PlainGates.forward(size, gate, at, product, resetBias, from, fromAt, to, toAt);
    }
  }

  /// `out = weights · vectors[row]`.
  private void dots(
      Tensor weights, HeapTensor vectors, int row, float[] out, int outAt, Workspace workspace) {
    HeapTensor table = HeapTensor.of(weights);
    int length = table.columns();
    float[] query = workspace.floats(Slot.OTHER_ROWS, length);
    System.arraycopy(vectors.array(row), vectors.offset(row), query, 0, length);
    Dots dots = warmUp.has(Kernel.DOTS) ? new Dots(query, 1, length, workspace) : null;
    for (int i = 0; i < table.rows(); i += table.rowsInBlock(i)) {
      int here = table.rowsInBlock(i);
      if (dots == null) {
        PlainDots.times(query, 0, length, table.array(i), table.offset(i), here, out, outAt + i);
      } else {
        dots.times(table.array(i), table.offset(i), here, out, outAt + i, 0);
      }
    }
  }

  /// Returns all biases that are added outside the reset gate's product.
  private static float[] biasBeforeGates(GruWeights weights, Workspace workspace) {
    int size = weights.hiddenSize();
    float[] bias = workspace.floats(Slot.BIAS, 3 * size);
    float[] input = HeapTensor.of(weights.inputBias()).array(0);
    float[] recurrent = HeapTensor.of(weights.recurrentBias()).array(0);
    for (int i = 0; i < 3 * size; i++) {
      bias[i] = i < 2 * size ? input[i] + recurrent[i] : input[i];
    }
    return bias;
  }
}
