package dev.segue.kernels;

import dev.segue.kernels.CudaMatrices.Factors;
import dev.segue.kernels.cuda.CudaBinding.Grid;
import dev.segue.kernels.cuda.Device;
import dev.segue.kernels.cuda.Kernel;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// Scores and the exact best k on a GPU, for as many rows at a time as a part of the memory holds.
final class CudaRanking {
  /// Scores from which one block keeps the best k; `SLICE` in `ranking.cu`.
  private static final int SLICE = 2048;

  /// More than these are chosen on the host: slices would hardly get smaller.
  private static final int MOST_ON_DEVICE = SLICE / 2;

  /// Blocks in y of a grid, at most.
  private static final int MOST_ROWS = 65_535;

  private final Device device;
  private final CudaMatrices matrices;
  private final long scoresBytes;

  /// Makes the operations.
  ///
  /// @param scoresBytes memory that scores may take
  CudaRanking(Device device, CudaMatrices matrices, long scoresBytes) {
    this.device = device;
    this.matrices = matrices;
    this.scoresBytes = scoresBytes;
  }

  void scores(Scores op) {
    int items = op.weights().rows();
    int rows = op.hidden().rows();
    int step = rowsAtOnce(items);
    for (int first = 0; first < rows; first += step) {
      int here = Math.min(step, rows - first);
      long scores = scores(op.hidden(), first, here, op.weights(), op.bias());
      device.read(scores, FloatBuffer.wrap(op.out(), first * items, here * items));
      device.release(scores);
    }
  }

  private int rowsAtOnce(int items) {
    long rows = scoresBytes / ((long) Math.max(1, items) * Float.BYTES);
    return Math.clamp(rows, 1, MOST_ROWS);
  }

  private long scores(
      Tensor hidden,
      int first,
      int rows,
      Tensor weights,
      @org.jspecify.annotations.Nullable Tensor bias) {
    int items = weights.rows();
    long scores = device.scratch((long) rows * items * Float.BYTES);
    matrices.multiply(
        new Factors(
            CudaTensor.of(hidden).address(first),
            false,
            CudaTensor.of(weights).address(),
            true,
            rows,
            items,
            weights.columns()),
        scores,
        false);
    if (bias != null) {
      matrices.addBias(CudaTensor.of(bias).address(), scores, rows, items);
    }
    return scores;
  }

  TopK topK(TopKSearch op) {
    int rows = op.hidden().rows();
    int items = op.weights().rows();
    int k = Math.min(op.k(), items);
    int[][] bestItems = new int[rows][];
    float[][] bestScores = new float[rows][];
    int step = rowsAtOnce(items);
    for (int first = 0; first < rows; first += step) {
      int here = Math.min(step, rows - first);
      long scores = scores(op.hidden(), first, here, op.weights(), op.bias());
      TopK part =
          k <= MOST_ON_DEVICE
              ? onDevice(op, first, here, scores, k)
              : onHost(op, first, here, scores);
      System.arraycopy(part.items(), 0, bestItems, first, here);
      System.arraycopy(part.scores(), 0, bestScores, first, here);
      device.release(scores);
    }
    return new TopK(bestItems, bestScores);
  }

  private TopK onDevice(TopKSearch op, int first, int rows, long scores, int k) {
    int items = op.weights().rows();
    exclude(op, first, rows, scores);
    long from = scores;
    int count = items;
    boolean areScores = true;
    do {
      int slices = Math.max(1, Math.ceilDiv(count, SLICE));
      long best = device.scratch((long) rows * slices * k * Long.BYTES);
      device.launch(
          Kernel.TOP_K,
          new Grid(slices, rows, 1, CudaLaunches.THREADS, 0, 1),
          areScores ? from : 0,
          areScores ? 0 : from,
          best,
          count,
          k);
      if (!areScores) {
        device.release(from);
      }
      from = best;
      count = slices * k;
      areScores = false;
    } while (count > k);
    long[] keys = device.readLongs(from, Math.multiplyExact(rows, k));
    device.release(from);
    return answer(keys, rows, k);
  }

  private void exclude(TopKSearch op, int first, int rows, long scores) {
    int[][] excluded = op.excluded();
    long[] allowed = op.allowed();
    if (excluded == null && allowed == null) {
      return;
    }
    int items = op.weights().rows();
    int[] offsets = new int[rows + 1];
    int[] ids = new int[0];
    if (excluded != null) {
      for (int row = 0; row < rows; row++) {
        offsets[row + 1] = offsets[row] + excluded[first + row].length;
      }
      ids = new int[offsets[rows]];
      for (int row = 0; row < rows; row++) {
        int[] each = excluded[first + row];
        System.arraycopy(each, 0, ids, offsets[row], each.length);
      }
    }
    int blocks = CudaLaunches.elements(allowed == null ? CudaLaunches.THREADS : items).blocksX();
    device.launch(
        Kernel.EXCLUDE_ITEMS,
        new Grid(blocks, rows, 1, CudaLaunches.THREADS, 0, 1),
        scores,
        device.upload(offsets),
        device.upload(ids),
        allowed == null ? 0 : device.upload(allowed),
        items);
  }

  /// Turns keys back into pairs, best first. A key is written as `rankingKey` in `ranking.cu` says.
  private static TopK answer(long[] keys, int rows, int k) {
    int[][] items = new int[rows][];
    float[][] scores = new float[rows][];
    for (int row = 0; row < rows; row++) {
      long[] sorted = new long[k];
      for (int i = 0; i < k; i++) {
        // Ascending order of these is descending order of the unsigned keys.
        sorted[i] = ~keys[row * k + i] ^ Long.MIN_VALUE;
      }
      Arrays.sort(sorted);
      int found = k;
      while (found > 0 && sorted[found - 1] == Long.MAX_VALUE) {
        found--;
      }
      items[row] = new int[found];
      scores[row] = new float[found];
      for (int i = 0; i < found; i++) {
        long key = ~(sorted[i] ^ Long.MIN_VALUE);
        int bits = (int) (key >>> Integer.SIZE);
        items[row][i] = ~(int) key;
        scores[row][i] = Float.intBitsToFloat(bits < 0 ? bits ^ Integer.MIN_VALUE : ~bits);
      }
    }
    return new TopK(items, scores);
  }

  private TopK onHost(TopKSearch op, int first, int rows, long scores) {
    int items = op.weights().rows();
    float[] row = new float[items];
    BestK[] best = new BestK[rows];
    for (int i = 0; i < rows; i++) {
      device.read(scores + (long) i * items * Float.BYTES, FloatBuffer.wrap(row));
      RankingRow rules = new RankingRow(op, first + i);
      best[i] = new BestK(Math.min(op.k(), items));
      for (int item = 0; item < items; item++) {
        if (rules.admits(item)) {
          best[i].offer(row[item], item);
        }
      }
    }
    return RankingRow.answer(best);
  }
}
