package dev.segue.kernels;

import static dev.segue.kernels.Workspace.START;

import dev.segue.kernels.Workspace.Slot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A block of items of the output layer and their share of the loss: what one thread works on in
/// [VectorCrossEntropy].
final class ItemBlock {
  /// Items of a block: at H = 256 their weights and the gradients of these take 256 KiB each.
  static final int ITEMS = 256;

  /// Rows of a chunk, a multiple of every tile height: the gradients of a chunk by a block, by rows
  /// and packed, take 192 KiB each. A block and a chunk together stay in a second cache of 2 MiB.
  static final int CHUNK = 192;

  private final HeapTensor weights;
  private final float @Nullable [] biases;
  private final float[] logitPanels;
  private final float[] gradientPanels;
  private final float[] leftPanels;
  private final float[] edge;
  private final float[] lanes;
  private final float[] bias;
  private final float[] biasGradient;
  private final HeapTensor scratch;

  private int first;
  private int count;
  private int width;
  private PackedRight straight;

  ItemBlock(SoftmaxCrossEntropy op, Workspace workspace) {
    weights = HeapTensor.of(op.weights());
    biases = op.bias() == null ? null : HeapTensor.of(op.bias()).array(0);
    int size = weights.columns();
    logitPanels = workspace.lines(Slot.RIGHT_PANELS, Panels.rightSize(size, ITEMS));
    gradientPanels = workspace.lines(Slot.OTHER_RIGHT_PANELS, Panels.rightSize(ITEMS, size));
    int left = Math.max(Panels.leftSize(CHUNK, ITEMS), Panels.leftSize(ITEMS, CHUNK));
    leftPanels = workspace.lines(Slot.LEFT_PANELS, left);
    edge = workspace.floats(Slot.TILE, TileProduct.EDGE);
    lanes = workspace.floats(Slot.LANES, Lanes.COUNT);
    bias = workspace.floats(Slot.BIAS, ITEMS);
    biasGradient = workspace.floats(Slot.SUMS, ITEMS);
    scratch = workspace.lineTensor(Slot.SCORES, CHUNK, ITEMS);
    straight = new PackedRight(gradientPanels, START, ITEMS, size);
  }

  /// Returns a place for the logits or gradients of a chunk.
  HeapTensor scratch() {
    return scratch;
  }

  /// Takes up block `number`.
  void take(int number) {
    first = number * ITEMS;
    count = Math.min(ITEMS, weights.rows() - first);
    width = (count + GemmTile.COLUMNS - 1) / GemmTile.COLUMNS * GemmTile.COLUMNS;
    Arrays.fill(bias, 0, count, 0);
    if (biases != null) {
      System.arraycopy(biases, first, bias, 0, count);
    }
    Arrays.fill(bias, count, width, Float.NEGATIVE_INFINITY);
    Arrays.fill(biasGradient, 0, width, 0);
  }

  /// Gets ready for [#computeLogits].
  void packForLogits() {
    PackedRight.pack(Matrix.of(weights).rows(first, count).transpose(), logitPanels, START);
  }

  /// Gets ready for [#addHiddenGradient].
  void packForGradients() {
    straight = PackedRight.pack(Matrix.of(weights).rows(first, count), gradientPanels, START);
  }

  /// Computes the logits of some rows without bias; padding columns get zeros.
  void computeLogits(PackedLeft hidden, HeapTensor target, int row) {
    Matrix rows = Matrix.of(target).rows(row, hidden.rows()).columns(0, width);
    PackedRight padded = new PackedRight(logitPanels, START, hidden.depth(), width);
    TileProduct.run(hidden, padded, rows, false, edge);
  }

  boolean contains(int item) {
    return item >= first && item < first + count;
  }

  float logit(HeapTensor logits, int row, int item) {
    return logits.get(row, item - first);
  }

  /// Adds the bias to a row and returns its greatest logit.
  float addBiasAndMax(HeapTensor logits, int row) {
    return SoftmaxRow.addBiasAndMax(logits.array(row), logits.offset(row), bias, width);
  }

  /// Replaces a row of logits by `exp(logit − reference)` and returns their sum.
  float sumExp(HeapTensor logits, int row, float reference) {
    return SoftmaxRow.sumExp(logits.array(row), logits.offset(row), width, reference, lanes);
  }

  void clear(HeapTensor logits, int row) {
    int from = logits.offset(row);
    Arrays.fill(logits.array(row), from, from + width, 0);
  }

  /// Turns a row of logits in the scratch matrix into `scale · softmax`.
  void toSoftmax(int row, float logSumExp, float scale) {
    float[] array = scratch.array(row);
    SoftmaxRow.scaledSoftmax(array, scratch.offset(row), bias, width, logSumExp, scale);
  }

  /// Copies a row of exponentials times `factor` into the scratch matrix.
  void toSoftmax(int row, HeapTensor exponentials, int source, float factor) {
    SoftmaxRow.scale(
        exponentials.array(source),
        exponentials.offset(source),
        scratch.array(row),
        scratch.offset(row),
        width,
        factor);
  }

  /// Turns a row of `scale · softmax` into the gradient by its logits.
  void toGradient(int row, int target, float scale) {
    float[] array = scratch.array(row);
    int at = scratch.offset(row);
    if (contains(target)) {
      array[at + target - first] -= scale;
    }
    VectorRows.add(array, at, biasGradient, 0, width);
  }

  /// Computes `target (+)= d · weights` with the gradients of a chunk.
  void addHiddenGradient(int rows, Matrix target, boolean add) {
    Matrix d = Matrix.of(scratch).rows(0, rows).columns(0, count);
    TileProduct.run(PackedLeft.pack(d, leftPanels, START), straight, target, add, edge);
  }

  /// Computes `weightGradient += dᵀ · hidden` with the gradients of a chunk.
  void addWeightGradient(int rows, PackedRight hidden, Tensor weightGradient) {
    Matrix d = Matrix.of(scratch).rows(0, rows).columns(0, count);
    Matrix target = Matrix.of(weightGradient).rows(first, count);
    TileProduct.run(PackedLeft.pack(d.transpose(), leftPanels, START), hidden, target, true, edge);
  }

  /// Adds what all chunks gave to the gradient of the bias.
  void addBiasGradient(Tensor target) {
    HeapTensor gradient = HeapTensor.of(target);
    VectorRows.add(biasGradient, 0, gradient.array(0), gradient.offset(0) + first, count);
  }
}
