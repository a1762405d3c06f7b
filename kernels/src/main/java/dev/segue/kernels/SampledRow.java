package dev.segue.kernels;

import java.util.Arrays;

/// One row of scores of [VectorSampledLoss], which becomes the row of their gradients in place. A
/// column that takes no part has the score [#HIDDEN], and gets the gradient zero.
final class SampledRow {
  /// Rows of scratch that BPR-max needs.
  static final int SCRATCH_ROWS = 3;

  /// Instead of −∞, so that its square is a number and zero times that is zero.
  static final float HIDDEN = -1e15f;

  private final SampledLoss.Objective objective;
  private final float[] shift;
  private final float[] scratch;
  private final float[] lanes;
  private float[] scores = new float[0];
  private int at;
  private int width;
  private int target;
  private float positive;

  /// Makes a row that works with arrays of its own.
  ///
  /// @param shift what the columns are raised by, −∞ in the padding
  /// @param scratch `SCRATCH_ROWS · width` elements
  /// @param lanes one vector
  SampledRow(SampledLoss.Objective objective, float[] shift, float[] scratch, float[] lanes) {
    this.objective = objective;
    this.shift = shift;
    this.scratch = scratch;
    this.lanes = lanes;
  }

  /// Takes up a row: `count` products, padded to `width`, of which number `target` is the
  /// positive's.
  void take(float[] products, int from, int count, int paddedWidth, int targetColumn) {
    scores = products;
    at = from;
    width = paddedWidth;
    target = targetColumn;
    Arrays.fill(scores, at + count, at + width, 0);
    VectorRows.add(shift, 0, scores, at, width);
    if (objective instanceof SampledLoss.BprMax bprMax) {
      BprMaxRow.bound(scores, at, width, HIDDEN);
      if (bprMax.elu() > 0) {
        BprMaxRow.elu(scores, at, width, (float) bprMax.elu(), HIDDEN, scratch);
      }
    }
    positive = scores[at + target];
  }

  /// Takes the columns `order[from]` to `order[to − 1]`, those with the target's item, out of the
  /// negatives.
  void mask(int[] order, int from, int to) {
    float hidden = objective instanceof SampledLoss.BprMax ? HIDDEN : Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      scores[at + order[i]] = hidden;
    }
  }

  /// Returns the row's loss and leaves the gradients of its scores, times a scale.
  double toGradient(float scale) {
    return switch (objective) {
      case SampledLoss.Softmax _ -> softmax(scale);
      case SampledLoss.BprMax bprMax -> bprMax(bprMax, scale);
    };
  }

  private double softmax(float scale) {
    scores[at + target] = positive;
    float max = Reductions.max(scores, at, width);
    VectorMath.exp(scores, at, width, 1, -max);
    float sum = Reductions.sum(scores, at, width, lanes);
    VectorRows.multiply(scores, at, width, scale / sum);
    scores[at + target] -= scale;
    return max - positive + Math.log(sum);
  }

  /// As the specification, [ScalarSampledLoss], has it.
  private double bprMax(SampledLoss.BprMax bprMax, float scale) {
    float lambda = (float) bprMax.regularisation();
    float elu = (float) bprMax.elu();
    float max = Reductions.max(scores, at, width);
    if (max <= HIDDEN) {
      Arrays.fill(scores, at, at + width, 0);
      return 0;
    }
    float reference = Math.min(max, positive);
    int s = 0;
    int w = width;
    int gap = 2 * width;
    System.arraycopy(scores, at, scratch, s, width);
    VectorMath.exp(scratch, s, width, 1, -max);
    BprMaxRow.weights(scores, at, width, positive, scratch, w, gap);
    VectorMath.exp(scratch, w, width, 1, -reference);
    VectorMath.exp(scratch, gap, width, -1, 0);
    BprMaxRow.sigmoids(scores, at, width, positive, scratch, w, gap);
    float sum = Reductions.sum(scratch, s, width, lanes);
    float sumW = Reductions.sum(scratch, w, width, lanes);
    float squares = Reductions.sumOfSquares(scores, at, width, scratch, s, lanes) / sum;
    float pulled = Reductions.sumOfProducts(scratch, w, gap, width, lanes) / sumW;
    BprMaxRow.gradients(
        scores, at, width, scratch, scale / sum, scale / sumW, lambda, squares, elu, w, gap);
    scores[at + target] = scale * (pulled - 1) * BprMaxRow.eluSlope(positive, elu);
    return max - reference + Math.log(sum) - Math.log(sumW) + lambda * squares;
  }
}
