package dev.segue.engine.network;

import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.PackedLayout;
import java.util.Arrays;

/// Batches from sequences that are written out, longest first.
final class PackedBatches {
  private PackedBatches() {}

  static Batch of(int[][] inputs, int[][] targets) {
    PackedLayout layout =
        PackedLayout.ofLengths(Arrays.stream(inputs).mapToInt(row -> row.length).toArray());
    return new Batch(layout, pack(layout, inputs), pack(layout, targets));
  }

  private static int[] pack(PackedLayout layout, int[][] sequences) {
    int[] packed = new int[layout.rows()];
    int row = 0;
    for (int step = 0; step < layout.steps(); step++) {
      for (int i = 0; i < layout.batchSize(step); i++) {
        packed[row++] = sequences[i][step];
      }
    }
    return packed;
  }
}
