package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import java.util.Arrays;

/// The output layer with its loss, blocked over the items in two passes: the first finds each row's
/// log-sum-exp, the second computes the logits again, turns them into gradients and uses these at
/// once, while they are in the second cache. Formula: [SoftmaxCrossEntropy].
///
/// Threads take stripes of the items, whose number depends on the items alone. A stripe owns its
/// items' gradients and sums its own share of the hidden gradient; stripes are added in order, so
/// the result does not depend on the threads.
final class VectorCrossEntropy {
  private static final int MOST_STRIPES = 16;

  /// Bound on the stripes' hidden gradients, 64 MiB; more rows are taken in several rounds.
  private static final int STRIPE_ELEMENTS = 1 << 24;

  private final Workers workers;
  private final Workspace.Pool workspaces;

  VectorCrossEntropy(Workers workers, Workspace.Pool workspaces) {
    this.workers = workers;
    this.workspaces = workspaces;
  }

  double run(SoftmaxCrossEntropy op) {
    int rows = op.targets().length;
    int blocks = (op.weights().rows() + ItemBlock.ITEMS - 1) / ItemBlock.ITEMS;
    int stripes = Math.min(MOST_STRIPES, blocks);
    int perRow = Math.max(1, stripes * op.weights().columns());
    int most = Math.max(1, STRIPE_ELEMENTS / perRow / ItemBlock.CHUNK) * ItemBlock.CHUNK;
    double loss = 0;
    try (Workspace workspace = workspaces.take()) {
      for (int from = 0; from < rows; from += most) {
        int count = Math.min(most, rows - from);
        loss += new Round(op, from, count, blocks, stripes, workspace).run();
      }
    }
    return loss;
  }

  /// Some rows of the batch against all items.
  private final class Round {
    private final SoftmaxCrossEntropy op;
    private final int from;
    private final int rows;
    private final int size;
    private final int paddedSize;
    private final int blocks;
    private final int stripes;
    private final int chunks;
    private final Workspace workspace;
    private final float[] left;
    private final float[] maxima;
    private final double[] sums;
    private final float[] targetLogits;
    private final float[] logSumExp;

    Round(
        SoftmaxCrossEntropy op, int from, int rows, int blocks, int stripes, Workspace workspace) {
      this.op = op;
      this.from = from;
      this.rows = rows;
      this.size = op.weights().columns();
      this.paddedSize = (size + GemmTile.COLUMNS - 1) / GemmTile.COLUMNS * GemmTile.COLUMNS;
      this.blocks = blocks;
      this.stripes = stripes;
      this.chunks = (rows + ItemBlock.CHUNK - 1) / ItemBlock.CHUNK;
      this.workspace = workspace;
      this.left = workspace.floats(Slot.LEFT_PANELS, Panels.leftSize(rows, size));
      this.maxima = new float[stripes * rows];
      this.sums = new double[stripes * rows];
      this.targetLogits = new float[rows];
      this.logSumExp = new float[rows];
    }

    double run() {
      Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
      workers.run(
          chunks, chunk -> Panels.packLeft(hidden(chunk), left, chunk * ItemBlock.CHUNK * size));
      workers.run(stripes, this::sumStripe);
      double loss = 0;
      for (int row = 0; row < rows; row++) {
        double total = joinStripes(row);
        logSumExp[row] = (float) total;
        loss += total - targetLogits[row];
      }
      SoftmaxCrossEntropy.Gradients gradients = op.gradients();
      if (gradients != null) {
        computeGradients(gradients);
      }
      return loss;
    }

    private Matrix hidden(int chunk) {
      int start = chunk * ItemBlock.CHUNK;
      return Matrix.of(op.hidden()).rows(from + start, chunkRows(chunk));
    }

    private int chunkRows(int chunk) {
      return Math.min(ItemBlock.CHUNK, rows - chunk * ItemBlock.CHUNK);
    }

    private PackedLeft packedHidden(int chunk) {
      int origin = chunk * ItemBlock.CHUNK * size;
      return new PackedLeft(left, origin, chunkRows(chunk), size, 0);
    }

    /// First pass over the items of a stripe.
    private void sumStripe(int stripe) {
      try (Workspace own = workspaces.take()) {
        ItemBlock block = new ItemBlock(op, own);
        for (int number = firstBlock(stripe); number < firstBlock(stripe + 1); number++) {
          block.load(number);
          for (int chunk = 0; chunk < chunks; chunk++) {
            block.computeLogits(packedHidden(chunk));
            for (int i = 0; i < chunkRows(chunk); i++) {
              sumRow(block, stripe, chunk * ItemBlock.CHUNK + i, i);
            }
          }
        }
      }
    }

    /// Adds a row's exponentials, taken relative to the greatest logit seen so far.
    private void sumRow(ItemBlock block, int stripe, int row, int rowInChunk) {
      int slot = stripe * rows + row;
      float max = block.addBiasAndMax(rowInChunk);
      int target = op.targets()[from + row];
      if (block.contains(target)) {
        targetLogits[row] = block.logit(rowInChunk, target);
      }
      if (max > maxima[slot] || Float.isNaN(max)) {
        sums[slot] *= Math.exp((double) maxima[slot] - max);
        maxima[slot] = max;
      }
      if (maxima[slot] != Float.NEGATIVE_INFINITY) {
        sums[slot] += block.sumExp(rowInChunk, maxima[slot]);
      }
    }

    /// Returns a row's log-sum-exp over all stripes.
    private double joinStripes(int row) {
      float max = Float.NEGATIVE_INFINITY;
      for (int stripe = 0; stripe < stripes; stripe++) {
        max = Math.max(max, maxima[stripe * rows + row]);
      }
      double sum = 0;
      for (int stripe = 0; stripe < stripes; stripe++) {
        int slot = stripe * rows + row;
        if (sums[slot] != 0) {
          sum += sums[slot] * Math.exp((double) maxima[slot] - max);
        }
      }
      return max + Math.log(sum);
    }

    private void computeGradients(SoftmaxCrossEntropy.Gradients gradients) {
      float[] right = workspace.floats(Slot.RIGHT_PANELS, Math.multiplyExact(rows, paddedSize));
      workers.run(
          chunks,
          chunk -> Panels.packRight(hidden(chunk), right, chunk * ItemBlock.CHUNK * paddedSize));
      HeapTensor shares = workspace.tensor(Slot.ROWS, stripes * rows, size);
      workers.run(stripes, stripe -> stripeGradients(gradients, stripe, right, shares));
      workers.run(chunks, chunk -> joinHiddenGradients(gradients.hidden(), shares, chunk));
    }

    /// Second pass over the items of a stripe.
    private void stripeGradients(
        SoftmaxCrossEntropy.Gradients gradients, int stripe, float[] right, HeapTensor shares) {
      try (Workspace own = workspaces.take()) {
        ItemBlock block = new ItemBlock(op, own);
        for (int number = firstBlock(stripe); number < firstBlock(stripe + 1); number++) {
          block.load(number);
          block.loadForGradients();
          boolean add = number > firstBlock(stripe);
          for (int chunk = 0; chunk < chunks; chunk++) {
            int start = chunk * ItemBlock.CHUNK;
            int count = chunkRows(chunk);
            block.computeLogits(packedHidden(chunk));
            for (int i = 0; i < count; i++) {
              int target = op.targets()[from + start + i];
              block.toGradient(i, target, logSumExp[start + i], op.scale());
            }
            Matrix share = Matrix.of(shares).rows(stripe * rows + start, count);
            block.addHiddenGradient(count, share, add);
            PackedRight hidden = new PackedRight(right, start * paddedSize, count);
            block.addWeightGradient(count, hidden, gradients.weights());
          }
          if (gradients.bias() != null) {
            block.addBiasGradient(gradients.bias());
          }
        }
      }
    }

    private void joinHiddenGradients(Tensor gradient, HeapTensor shares, int chunk) {
      HeapTensor target = HeapTensor.of(gradient);
      int start = chunk * ItemBlock.CHUNK;
      for (int row = start; row < start + chunkRows(chunk); row++) {
        float[] to = target.array(from + row);
        int at = target.offset(from + row);
        System.arraycopy(shares.array(row), shares.offset(row), to, at, size);
        for (int stripe = 1; stripe < stripes; stripe++) {
          int share = stripe * rows + row;
          VectorRows.add(shares.array(share), shares.offset(share), to, at, size);
        }
      }
    }

    private int firstBlock(int stripe) {
      return (int) ((long) blocks * stripe / stripes);
    }
  }
}
