package dev.segue.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.engine.network.SampledColumns;
import java.util.Arrays;

/// The softmax over sampled items as tensor operations: rows of a tied table by number, a product,
/// a mask for negatives that are a row's target by accident.
///
/// @param items C numbers
/// @param corrections C
/// @param mask `N × C`, very low where a column takes no part, made before anything is timed
/// @param targets `N × 1`: the target of row i is column i
record DjlColumns(NDArray items, NDArray corrections, NDArray mask, NDArray targets) {
  private static final float NEVER = -1e30f;

  static DjlColumns of(NDManager manager, SampledColumns columns, int rows) {
    int[] items = columns.items();
    float[] mask = new float[rows * items.length];
    int[] targets = new int[rows];
    for (int i = 0; i < rows; i++) {
      targets[i] = i;
      for (int j = 0; j < items.length; j++) {
        mask[i * items.length + j] = j != i && items[j] == items[i] ? NEVER : 0;
      }
    }
    return new DjlColumns(
        manager.create(Arrays.stream(items).asLongStream().toArray()),
        manager.create(columns.corrections()),
        manager.create(mask, new Shape(rows, items.length)),
        DjlCrossEntropy.column(manager, targets));
  }

  /// Returns the mean loss.
  NDArray loss(NDArray hidden, NDArray weights, NDArray bias) {
    NDArray chosen = DjlTraining.rows(weights, items);
    NDArray offsets = DjlTraining.rows(bias.expandDims(1), items).flatten().sub(corrections);
    NDArray logits = DjlCrossEntropy.linear(hidden, chosen, offsets);
    return DjlCrossEntropy.loss(logits.add(mask), targets);
  }
}
