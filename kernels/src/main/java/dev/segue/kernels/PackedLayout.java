package dev.segue.kernels;

/// How a batch of sequences of different lengths lies in one matrix without padding: PyTorch's
/// packed layout. Sequences are sorted by length, longest first; step 0 of all sequences comes
/// first, then step 1 of those that have one, and so on.
///
/// @param batchSizes number of live sequences at each step, non-increasing, each at least 1
public record PackedLayout(int[] batchSizes) {
  /// Checks that batch sizes are positive and never grow.
  public PackedLayout {
    batchSizes = batchSizes.clone();
    for (int step = 0; step < batchSizes.length; step++) {
      int bound = step == 0 ? Integer.MAX_VALUE : batchSizes[step - 1];
      if (batchSizes[step] < 1 || batchSizes[step] > bound) {
        throw new IllegalArgumentException(
            "packedLayout: batch size at step %d, expected 1 to %d, got %d"
                .formatted(step, bound, batchSizes[step]));
      }
    }
  }

  /// Makes the layout of one step for `sequences` sequences.
  public static PackedLayout singleStep(int sequences) {
    return new PackedLayout(new int[] {sequences});
  }

  /// Makes the layout of sequences with these lengths, which must be sorted, longest first.
  public static PackedLayout ofLengths(int... lengths) {
    int[] sizes = new int[lengths.length == 0 ? 0 : lengths[0]];
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] < 1 || (i > 0 && lengths[i] > lengths[i - 1])) {
        throw new IllegalArgumentException(
            "packedLayout: lengths must be positive and sorted, longest first, got %d at %d"
                .formatted(lengths[i], i));
      }
      for (int step = 0; step < lengths[i]; step++) {
        sizes[step]++;
      }
    }
    return new PackedLayout(sizes);
  }

  /// Returns the number of steps T.
  public int steps() {
    return batchSizes.length;
  }

  /// Returns the number of sequences B.
  public int sequences() {
    return batchSizes.length == 0 ? 0 : batchSizes[0];
  }

  /// Returns the number of live sequences at a step.
  public int batchSize(int step) {
    return batchSizes[step];
  }

  /// Returns the total number of rows N, the sum of the batch sizes.
  public int rows() {
    int rows = 0;
    for (int size : batchSizes) {
      rows += size;
    }
    return rows;
  }
}
