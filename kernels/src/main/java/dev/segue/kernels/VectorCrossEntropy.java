package dev.segue.kernels;

import static dev.segue.kernels.ItemBlock.CHUNK;
import static dev.segue.kernels.Workspace.START;

import dev.segue.kernels.Workspace.Slot;
import java.util.Arrays;

/// The output layer with its loss, blocked over the items in two passes. Formula:
/// [SoftmaxCrossEntropy].
///
/// The first pass finds each row's log-sum-exp and keeps `exp(logit − reference)`, the reference
/// being the greatest logit of the row so far in its stripe. The second pass multiplies them by
/// `scale · exp(reference − logSumExp)` and uses these gradients at once, block by block, while
/// they are in the second cache. So there are three products, as many as the arithmetic needs.
///
/// What is kept is bounded: rows are taken in rounds of at most [#KEPT_ELEMENTS] exponentials, so
/// that memory does not grow with the batch. Each round reads the weights twice and their gradients
/// once, and writes the gradients once, which takes longer than it saves when a round has too few
/// rows. Then nothing is kept, and the second pass computes the logits again (four products).
///
/// Threads take stripes of the items, whose number depends on the items alone. A stripe owns its
/// items' gradients and sums its own share of the hidden gradient; stripes are added in order, so
/// the result does not depend on the threads.
final class VectorCrossEntropy {
  private static final int MOST_STRIPES = 16;

  /// Bound on the stripes' hidden gradients of a round, 64 MiB.
  private static final int STRIPE_ELEMENTS = 1 << 24;

  /// Bound on the exponentials that a round keeps, 172 MiB: 384 rows of 110,000 items.
  private static final int KEPT_ELEMENTS = 43 << 20;

  private final Workers workers;
  private final Workspace.Pool workspaces;
  private final int keptElements;

  VectorCrossEntropy(Workers workers, Workspace.Pool workspaces) {
    this(workers, workspaces, KEPT_ELEMENTS);
  }

  /// Keeps at most `keptElements` exponentials, for tests.
  VectorCrossEntropy(Workers workers, Workspace.Pool workspaces, int keptElements) {
    this.workers = workers;
    this.workspaces = workspaces;
    this.keptElements = keptElements;
  }

  double run(SoftmaxCrossEntropy op) {
    int rows = op.targets().length;
    int blocks = (op.weights().rows() + ItemBlock.ITEMS - 1) / ItemBlock.ITEMS;
    int stripes = Math.min(MOST_STRIPES, blocks);
    int most = wholeChunks(STRIPE_ELEMENTS / Math.max(1, stripes * op.weights().columns()));
    int mostKept = keptElements / Math.max(1, blocks * ItemBlock.ITEMS);
    boolean keep = op.gradients() != null && mostKept >= Math.min(rows, ItemBlock.CHUNK);
    if (keep) {
      most = Math.min(most, wholeChunks(mostKept));
    }
    double loss = 0;
    try (Workspace workspace = workspaces.take()) {
      for (int from = 0; from < rows; from += most) {
        int count = Math.min(most, rows - from);
        loss += new Round(op, from, count, blocks, stripes, keep, workspace).run();
      }
    }
    return loss;
  }

  private static int wholeChunks(int rows) {
    return Math.max(1, rows / ItemBlock.CHUNK) * ItemBlock.CHUNK;
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
    private final boolean keep;
    private final Workspace workspace;
    private final float[] left;

    /// By stripe, what its blocks keep: a matrix of rows × items after another.
    private final float[][] kept;

    /// By block and row, what was taken out of its logits.
    private final float[] references;

    private final float[] maxima;
    private final double[] sums;
    private final float[] targetLogits;
    private final double[] logSumExp;

    Round(
        SoftmaxCrossEntropy op,
        int from,
        int rows,
        int blocks,
        int stripes,
        boolean keep,
        Workspace workspace) {
      this.op = op;
      this.from = from;
      this.rows = rows;
      this.size = op.weights().columns();
      this.paddedSize = (size + GemmTile.COLUMNS - 1) / GemmTile.COLUMNS * GemmTile.COLUMNS;
      this.blocks = blocks;
      this.stripes = stripes;
      this.chunks = (rows + ItemBlock.CHUNK - 1) / ItemBlock.CHUNK;
      this.keep = keep;
      this.workspace = workspace;
      this.left = workspace.lines(Slot.LEFT_PANELS, Panels.leftSize(chunks * CHUNK, size));
      int mostBlocks = (blocks + stripes - 1) / Math.max(1, stripes);
      this.kept =
          keep
              ? workspace.parts(Slot.EXPONENTIALS, stripes, mostBlocks * rows * ItemBlock.ITEMS)
              : new float[0][];
      this.references = workspace.floats(Slot.REFERENCES, keep ? blocks * rows : 0);
      this.maxima = new float[stripes * rows];
      this.sums = new double[stripes * rows];
      this.targetLogits = new float[rows];
      this.logSumExp = new double[rows];
    }

    double run() {
      Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
      workers.run(chunks, chunk -> PackedLeft.pack(hidden(chunk), left, leftStart(chunk)));
      workers.run(stripes, this::sumStripe);
      double loss = 0;
      for (int row = 0; row < rows; row++) {
        logSumExp[row] = joinStripes(row);
        loss += op.rowWeight(from + row) * (logSumExp[row] - targetLogits[row]);
      }
      SoftmaxCrossEntropy.Gradients gradients = op.gradients();
      if (gradients != null) {
        computeGradients(gradients);
      }
      return loss;
    }

    private Matrix hidden(int chunk) {
      return Matrix.of(op.hidden()).rows(from + chunk * CHUNK, chunkRows(chunk));
    }

    private int chunkRows(int chunk) {
      return Math.min(CHUNK, rows - chunk * CHUNK);
    }

    private int leftStart(int chunk) {
      return START + chunk * CHUNK * size;
    }

    private PackedLeft packedHidden(int chunk) {
      return new PackedLeft(left, leftStart(chunk), chunkRows(chunk), size);
    }

    /// Returns where a block's exponentials lie.
    private HeapTensor kept(int stripe, int number) {
      int start = START + (number - firstBlock(stripe)) * rows * ItemBlock.ITEMS;
      return new HeapTensor(rows, ItemBlock.ITEMS, kept[stripe], start);
    }

    /// First pass over the items of a stripe.
    private void sumStripe(int stripe) {
      try (Workspace own = workspaces.take()) {
        ItemBlock block = new ItemBlock(op, own);
        for (int number = firstBlock(stripe); number < firstBlock(stripe + 1); number++) {
          block.take(number);
          block.packForLogits();
          for (int chunk = 0; chunk < chunks; chunk++) {
            HeapTensor logits = keep ? kept(stripe, number) : block.scratch();
            int first = keep ? chunk * CHUNK : 0;
            block.computeLogits(packedHidden(chunk), logits, first);
            for (int i = 0; i < chunkRows(chunk); i++) {
              int row = chunk * CHUNK + i;
              float reference = sumRow(block, stripe, row, logits, first + i);
              if (keep) {
                references[number * rows + row] = reference;
              }
            }
          }
        }
      }
    }

    /// Turns a row's logits into exponentials relative to the greatest logit seen so far, adds
    /// these, and returns that logit.
    private float sumRow(ItemBlock block, int stripe, int row, HeapTensor logits, int logitsRow) {
      int slot = stripe * rows + row;
      float max = block.addBiasAndMax(logits, logitsRow);
      int target = op.targets()[from + row];
      if (block.contains(target)) {
        targetLogits[row] = block.logit(logits, logitsRow, target);
      }
      if (max > maxima[slot] || Float.isNaN(max)) {
        sums[slot] *= Math.exp((double) maxima[slot] - max);
        maxima[slot] = max;
      }
      if (maxima[slot] == Float.NEGATIVE_INFINITY) {
        block.clear(logits, logitsRow);
      } else {
        sums[slot] += block.sumExp(logits, logitsRow, maxima[slot]);
      }
      return maxima[slot];
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
      float[] right = workspace.lines(Slot.RIGHT_PANELS, Math.multiplyExact(rows, paddedSize));
      workers.run(chunks, chunk -> PackedRight.pack(hidden(chunk), right, rightStart(chunk)));
      HeapTensor shares = workspace.lineTensor(Slot.ROWS, stripes * rows, size);
      workers.run(stripes, stripe -> stripeGradients(gradients, stripe, right, shares));
      workers.run(chunks, chunk -> joinHiddenGradients(gradients.hidden(), shares, chunk));
    }

    private int rightStart(int chunk) {
      return START + chunk * CHUNK * paddedSize;
    }

    /// Second pass over the items of a stripe.
    private void stripeGradients(
        SoftmaxCrossEntropy.Gradients gradients, int stripe, float[] right, HeapTensor shares) {
      try (Workspace own = workspaces.take()) {
        ItemBlock block = new ItemBlock(op, own);
        for (int number = firstBlock(stripe); number < firstBlock(stripe + 1); number++) {
          block.take(number);
          boolean add = number > firstBlock(stripe);
          block.packForGradients();
          if (!keep) {
            block.packForLogits();
          }
          for (int chunk = 0; chunk < chunks; chunk++) {
            int start = chunk * CHUNK;
            int count = chunkRows(chunk);
            chunkGradients(block, stripe, number, chunk);
            Matrix share = Matrix.of(shares).rows(stripe * rows + start, count);
            block.addHiddenGradient(count, share, add);
            PackedRight hidden = new PackedRight(right, rightStart(chunk), count, size);
            block.addWeightGradient(count, hidden, gradients.weights());
          }
          if (gradients.bias() != null) {
            block.addBiasGradient(gradients.bias());
          }
        }
      }
    }

    /// Computes the gradients of a chunk by its logits of a block.
    private void chunkGradients(ItemBlock block, int stripe, int number, int chunk) {
      if (!keep) {
        block.computeLogits(packedHidden(chunk), block.scratch(), 0);
      }
      for (int i = 0; i < chunkRows(chunk); i++) {
        int row = chunk * CHUNK + i;
        float scale = op.scale() * op.rowWeight(from + row);
        if (keep) {
          double difference = references[number * rows + row] - logSumExp[row];
          float factor = (float) (scale * Math.exp(difference));
          block.toSoftmax(i, kept(stripe, number), row, factor);
        } else {
          block.toSoftmax(i, (float) logSumExp[row], scale);
        }
        block.toGradient(i, op.targets()[from + row], scale);
      }
    }

    private void joinHiddenGradients(Tensor gradient, HeapTensor shares, int chunk) {
      HeapTensor target = HeapTensor.of(gradient);
      int start = chunk * CHUNK;
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
