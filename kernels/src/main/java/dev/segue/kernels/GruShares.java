package dev.segue.kernels;

/// Cuts the sequences of a packed batch among threads. Each thread takes neighbouring sequences
/// through all steps, so that threads meet once per pass and not once per step. Shares have about
/// the same number of rows, and start on multiples of four sequences to suit the tiles.
final class GruShares {
  private static final int GRAIN = 4;

  private final int[] starts;

  GruShares(PackedLayout layout, int parts) {
    starts = new int[parts + 1];
    long rows = layout.rows();
    long before = 0;
    int share = 1;
    int step = layout.steps();
    for (int sequence = 0; sequence < layout.sequences(); sequence++) {
      while (layout.batchSize(step - 1) <= sequence) {
        step--;
      }
      while (sequence % GRAIN == 0 && share < parts && before >= rows * share / parts) {
        starts[share++] = sequence;
      }
      before += step;
    }
    while (share <= parts) {
      starts[share++] = layout.sequences();
    }
  }

  /// Returns the first sequence of a share.
  int start(int part) {
    return starts[part];
  }

  /// Returns how many sequences of a share live at a step.
  int live(int part, int batchSize) {
    return Math.max(0, Math.min(starts[part + 1], batchSize) - starts[part]);
  }
}
