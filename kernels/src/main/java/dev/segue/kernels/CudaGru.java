package dev.segue.kernels;

import dev.segue.kernels.CudaMatrices.Factors;
import dev.segue.kernels.cuda.Device;
import dev.segue.kernels.cuda.Kernel;
import org.jspecify.annotations.Nullable;

/// The GRU on a GPU: by [CudaPersistentGru] where that can be, else step by step, one product and
/// one kernel for the gates at each. The products with the inputs are made for all steps at once.
final class CudaGru {
  private final Device device;
  private final CudaMatrices matrices;
  private final CudaPersistentGru persistent;

  CudaGru(Device device, CudaMatrices matrices, CudaPrecision precision) {
    this.device = device;
    this.matrices = matrices;
    this.persistent = new CudaPersistentGru(device, precision);
  }

  void forward(GruForward op) {
    GruWeights weights = op.weights();
    int rows = op.layout().rows();
    int size = weights.hiddenSize();
    if (rows == 0) {
      return;
    }
    long byInput = device.scratch(floats(rows, 3 * size));
    matrices.multiply(
        new Factors(
            CudaTensor.of(op.input()).address(),
            false,
            CudaTensor.of(weights.input()).address(),
            true,
            rows,
            3 * size,
            weights.inputSize()),
        byInput,
        false);
    if (persistent.takes(size)) {
      persistent.forward(op, byInput);
    } else {
      stepByStep(op, byInput);
    }
  }

  private void stepByStep(GruForward op, long byInput) {
    GruWeights weights = op.weights();
    long byHidden = device.scratch(floats(op.layout().sequences(), 3 * weights.hiddenSize()));
    long before = CudaTensor.addressOf(op.initialHidden());
    int first = 0;
    for (int step = 0; step < op.layout().steps(); step++) {
      int live = op.layout().batchSize(step);
      if (before != 0) {
        byState(weights, before, live, byHidden);
      }
      gates(op, first, live, byInput, before == 0 ? 0 : byHidden, before);
      before = CudaTensor.of(op.hidden()).address(first);
      first += live;
    }
  }

  private void byState(GruWeights weights, long before, int live, long byHidden) {
    int size = weights.hiddenSize();
    long recurrent = CudaTensor.of(weights.recurrent()).address();
    matrices.multiply(
        new Factors(before, false, recurrent, true, live, 3 * size, size), byHidden, false);
  }

  private void gates(GruForward op, int first, int live, long byInput, long byHidden, long before) {
    int size = op.weights().hiddenSize();
    device.launch(
        Kernel.GRU_GATES,
        CudaLaunches.everyElement((long) live * size),
        byInput + floats(first, 3 * size),
        byHidden,
        CudaTensor.of(op.weights().inputBias()).address(),
        CudaTensor.of(op.weights().recurrentBias()).address(),
        before,
        CudaTensor.of(op.hidden()).address(first),
        op.gates() == null ? 0 : CudaTensor.of(op.gates()).address(first),
        live,
        size);
  }

  void backward(GruBackward op) {
    GruForward forward = op.forward();
    int rows = forward.layout().rows();
    int size = forward.weights().hiddenSize();
    if (rows == 0) {
      return;
    }
    long byInput = device.scratch(floats(rows, 3 * size));
    long byHidden = device.scratch(floats(rows, 3 * size));
    long before = device.scratch(floats(rows, size));
    statesBefore(forward, before);
    if (persistent.takes(size)) {
      persistent.backward(op, byInput, byHidden, before);
    } else {
      throughTime(op, byInput, byHidden, before);
    }
    weightGradients(op, byInput, byHidden, before);
    if (op.inputGradient() != null) {
      int inputs = forward.weights().inputSize();
      long weights = CudaTensor.of(forward.weights().input()).address();
      matrices.multiply(
          new Factors(byInput, false, weights, false, rows, inputs, 3 * size),
          CudaTensor.of(op.inputGradient()).address(),
          false);
    }
  }

  private void statesBefore(GruForward op, long before) {
    PackedLayout layout = op.layout();
    int[] ids = new int[layout.rows()];
    int row = 0;
    int earlier = 0;
    for (int step = 0; step < layout.steps(); step++) {
      int first = row;
      for (int sequence = 0; sequence < layout.batchSize(step); sequence++) {
        ids[row++] = step == 0 ? -1 - sequence : earlier + sequence;
      }
      earlier = first;
    }
    device.launch(
        Kernel.GRU_STATES_BEFORE,
        CudaLaunches.warps(ids.length),
        CudaTensor.of(op.hidden()).address(),
        CudaTensor.addressOf(op.initialHidden()),
        device.upload(ids),
        before,
        ids.length,
        op.weights().hiddenSize());
  }

  private void throughTime(GruBackward op, long byInput, long byHidden, long before) {
    GruForward forward = op.forward();
    PackedLayout layout = forward.layout();
    int size = forward.weights().hiddenSize();
    long carried = carried(op.initialHiddenGradient(), layout.sequences(), size);
    device.fill(carried, 0, (long) layout.sequences() * size);
    long recurrent = CudaTensor.of(forward.weights().recurrent()).address();
    int first = layout.rows();
    for (int step = layout.steps() - 1; step >= 0; step--) {
      int live = layout.batchSize(step);
      first -= live;
      long byHiddenHere = byHidden + floats(first, 3 * size);
      device.launch(
          Kernel.GRU_GATES_BACKWARD,
          CudaLaunches.everyElement((long) live * size),
          CudaTensor.of(gatesOf(forward)).address(first),
          before + floats(first, size),
          CudaTensor.of(op.hiddenGradient()).address(first),
          carried,
          byInput + floats(first, 3 * size),
          byHiddenHere,
          live,
          size);
      if (step > 0 || op.initialHiddenGradient() != null) {
        matrices.multiply(
            new Factors(byHiddenHere, false, recurrent, false, live, size, 3 * size),
            carried,
            true);
      }
    }
  }

  private long carried(@Nullable Tensor initialGradient, int sequences, int size) {
    return initialGradient == null
        ? device.scratch(floats(sequences, size))
        : CudaTensor.of(initialGradient).address();
  }

  static Tensor gatesOf(GruForward forward) {
    return java.util.Objects.requireNonNull(forward.gates());
  }

  private void weightGradients(GruBackward op, long byInput, long byHidden, long before) {
    GruForward forward = op.forward();
    GruWeights gradients = op.weightGradients();
    int rows = forward.layout().rows();
    int size = forward.weights().hiddenSize();
    matrices.multiply(
        new Factors(
            byInput,
            true,
            CudaTensor.of(forward.input()).address(),
            false,
            3 * size,
            forward.weights().inputSize(),
            rows),
        CudaTensor.of(gradients.input()).address(),
        true);
    matrices.multiply(
        new Factors(byHidden, true, before, false, 3 * size, size, rows),
        CudaTensor.of(gradients.recurrent()).address(),
        true);
    long inputBias = CudaTensor.of(gradients.inputBias()).address();
    long recurrentBias = CudaTensor.of(gradients.recurrentBias()).address();
    matrices.columnSums(byInput, inputBias, rows, 3 * size, true);
    matrices.columnSums(byHidden, recurrentBias, rows, 3 * size, true);
  }

  private static long floats(int rows, int columns) {
    return (long) rows * columns * Float.BYTES;
  }
}
