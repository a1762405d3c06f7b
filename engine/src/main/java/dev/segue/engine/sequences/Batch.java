package dev.segue.engine.sequences;

import dev.segue.kernels.PackedLayout;

/// Some sequences in the packed layout, without padding.
///
/// @param layout which rows belong to which step, N rows in all
/// @param inputs N item numbers
/// @param targets N item numbers, each the item that followed its input
public record Batch(PackedLayout layout, int[] inputs, int[] targets) {
  /// Returns the number of targets N.
  public int size() {
    return targets.length;
  }
}
