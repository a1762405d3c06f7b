package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A block of items of the output layer, with the logits of one chunk of rows: what one thread
/// works on in [VectorCrossEntropy].
final class ItemBlock {
  /// Items of a block: their weights, packed both ways, and the logits of a chunk of rows fill
  /// about 1 MiB at H = 256, half of a usual second cache.
  static final int ITEMS = 256;

  /// Rows of a chunk, a multiple of every tile height.
  static final int CHUNK = 192;

  private final HeapTensor weights;
  private final float @Nullable [] biases;
  private final float[] rightPanels;
  private final float[] otherPanels;
  private final float[] gradientPanels;
  private final float[] edge;
  private final float[] lanes;
  private final float[] bias;
  private final float[] biasGradient;
  private final HeapTensor logits;

  private int first;
  private int count;
  private int width;
  private PackedRight transposed;
  private PackedRight straight;

  ItemBlock(SoftmaxCrossEntropy op, Workspace workspace) {
    weights = HeapTensor.of(op.weights());
    biases = op.bias() == null ? null : HeapTensor.of(op.bias()).array(0);
    int size = weights.columns();
    rightPanels = workspace.floats(Slot.RIGHT_PANELS, Panels.rightSize(size, ITEMS));
    otherPanels = workspace.floats(Slot.OTHER_RIGHT_PANELS, Panels.rightSize(ITEMS, size));
    gradientPanels = workspace.floats(Slot.LEFT_PANELS, Panels.leftSize(CHUNK, ITEMS));
    edge = workspace.floats(Slot.TILE, GemmTile.ROWS * GemmTile.COLUMNS);
    lanes = workspace.floats(Slot.LANES, Lanes.COUNT);
    bias = workspace.floats(Slot.BIAS, ITEMS);
    biasGradient = workspace.floats(Slot.SUMS, ITEMS);
    logits = workspace.tensor(Slot.SCORES, CHUNK, ITEMS);
    transposed = new PackedRight(rightPanels, 0, size);
    straight = new PackedRight(otherPanels, 0, ITEMS);
  }

  /// Takes up block `number`.
  void load(int number) {
    first = number * ITEMS;
    count = Math.min(ITEMS, weights.rows() - first);
    width = (count + GemmTile.COLUMNS - 1) / GemmTile.COLUMNS * GemmTile.COLUMNS;
    transposed = PackedRight.pack(Matrix.of(weights).rows(first, count).transpose(), rightPanels);
    Arrays.fill(bias, 0, count, 0);
    if (biases != null) {
      System.arraycopy(biases, first, bias, 0, count);
    }
    Arrays.fill(bias, count, width, Float.NEGATIVE_INFINITY);
  }

  /// Gets ready to compute gradients with this block.
  void loadForGradients() {
    straight = PackedRight.pack(Matrix.of(weights).rows(first, count), otherPanels);
    Arrays.fill(biasGradient, 0, width, 0);
  }

  /// Computes the logits of a chunk without bias; padding columns get zeros.
  void computeLogits(PackedLeft hidden) {
    Matrix target = Matrix.of(logits).rows(0, hidden.rows()).columns(0, width);
    hidden.times(transposed, target, false, edge);
  }

  boolean contains(int item) {
    return item >= first && item < first + count;
  }

  float logit(int row, int item) {
    return logits.get(row, item - first);
  }

  /// Adds the bias to a row and returns its greatest logit.
  float addBiasAndMax(int row) {
    return SoftmaxRow.addBiasAndMax(logits.array(row), logits.offset(row), bias, width);
  }

  /// Returns `Σ exp(logit − reference)` of a row; its logits are lost.
  double sumExp(int row, float reference) {
    return SoftmaxRow.sumExp(logits.array(row), logits.offset(row), width, reference, lanes);
  }

  /// Turns a row of logits into `scale · (softmax − onehot)`.
  void toGradient(int row, int target, float logSumExp, float scale) {
    float[] array = logits.array(row);
    int at = logits.offset(row);
    SoftmaxRow.scaledSoftmax(array, at, bias, width, logSumExp, scale);
    if (contains(target)) {
      array[at + target - first] -= scale;
    }
    VectorRows.add(array, at, biasGradient, 0, width);
  }

  /// Computes `target (+)= d · weights` with the gradients of a chunk.
  void addHiddenGradient(int rows, Matrix target, boolean add) {
    Matrix d = Matrix.of(logits).rows(0, rows).columns(0, count);
    PackedLeft.pack(d, gradientPanels).times(straight, target, add, edge);
  }

  /// Computes `weightGradient += dᵀ · hidden` with the gradients of a chunk.
  void addWeightGradient(int rows, PackedRight hidden, Tensor weightGradient) {
    new PackedLeft(logits.array(0), 0, count, rows, ITEMS)
        .times(hidden, Matrix.of(weightGradient).rows(first, count), true, edge);
  }

  /// Adds what all chunks gave to the gradient of the bias.
  void addBiasGradient(Tensor target) {
    VectorRows.add(biasGradient, 0, HeapTensor.of(target).array(0), first, count);
  }
}
