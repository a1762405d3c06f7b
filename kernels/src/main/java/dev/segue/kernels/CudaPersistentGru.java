package dev.segue.kernels;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import dev.segue.kernels.cuda.Device;
import dev.segue.kernels.cuda.Kernel;

/// A GRU that goes through all steps in one kernel and reads its recurrent weights once: clusters
/// of blocks hold them in registers. Their products are in bfloat16, so other precisions and
/// devices without clusters go without it.
///
/// Source: Diamos et al. 2016, "Persistent RNNs: Stashing Recurrent Weights On-Chip".
final class CudaPersistentGru {
  /// Blocks of a cluster, the most that every device with clusters launches.
  private static final int CLUSTER = 8;

  /// Sequences of a cluster: rows of a tile of the tensor cores.
  private static final int SEQUENCES = 16;

  /// Each block takes an eighth of the units, in tiles of 8.
  private static final int UNITS = 64;

  /// A warp keeps `3 · 8 · H` weights, two of them in a register of a lane.
  private static final int MOST_UNITS = 256;

  private final Device device;
  private final boolean isUsable;

  CudaPersistentGru(Device device, CudaPrecision precision) {
    this.device = device;
    this.isUsable = precision == CudaPrecision.BFLOAT16 && device.hasClusters();
  }

  /// Returns whether layers of some size can be computed.
  boolean takes(int size) {
    return isUsable && size >= UNITS && size <= MOST_UNITS && size % UNITS == 0;
  }

  /// The forward pass behind the product with the inputs.
  ///
  /// @param byInput `N × 3H`
  void forward(GruForward op, long byInput) {
    GruWeights weights = op.weights();
    int size = weights.hiddenSize();
    PackedLayout layout = op.layout();
    device.launch(
        Kernel.GRU_FORWARD_PERSISTENT,
        grid(layout, size, size),
        byInput,
        CudaTensor.of(weights.recurrent()).address(),
        CudaTensor.of(weights.inputBias()).address(),
        CudaTensor.of(weights.recurrentBias()).address(),
        CudaTensor.addressOf(op.initialHidden()),
        device.upload(firstRows(layout)),
        CudaTensor.of(op.hidden()).address(),
        CudaTensor.addressOf(op.gates()),
        layout.steps(),
        size);
  }

  /// The backward pass up to the gradients of the gates.
  ///
  /// @param byInput `N × 3H`, receives the gradients of the sums by the input
  /// @param byHidden `N × 3H`, receives those of the sums by the state
  /// @param before `N × H`, the state before each row
  void backward(GruBackward op, long byInput, long byHidden, long before) {
    GruForward forward = op.forward();
    PackedLayout layout = forward.layout();
    int size = forward.weights().hiddenSize();
    device.launch(
        Kernel.GRU_BACKWARD_PERSISTENT,
        grid(layout, size, 3 * size),
        CudaTensor.of(CudaGru.gatesOf(forward)).address(),
        before,
        CudaTensor.of(op.hiddenGradient()).address(),
        CudaTensor.of(forward.weights().recurrent()).address(),
        device.upload(firstRows(layout)),
        byInput,
        byHidden,
        CudaTensor.addressOf(op.initialHiddenGradient()),
        layout.steps(),
        size);
  }

  /// A thread takes two units of two sequences; two buffers hold what blocks tell each other.
  ///
  /// @param columns of a buffer
  private static Grid grid(PackedLayout layout, int size, int columns) {
    int clusters = Math.ceilDiv(layout.sequences(), SEQUENCES);
    int sharedBytes = 2 * SEQUENCES * columns * Short.BYTES;
    return new Grid(CLUSTER * clusters, 1, 1, size / 2, sharedBytes, CLUSTER);
  }

  /// The first row of each step, then the number of rows.
  private static int[] firstRows(PackedLayout layout) {
    int[] rows = new int[layout.steps() + 1];
    for (int step = 0; step < layout.steps(); step++) {
      rows[step + 1] = rows[step] + layout.batchSize(step);
    }
    return rows;
  }
}
