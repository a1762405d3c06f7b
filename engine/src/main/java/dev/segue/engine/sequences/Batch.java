package dev.segue.engine.sequences;

import dev.segue.kernels.PackedLayout;
import org.jspecify.annotations.Nullable;

/// Some sequences in the packed layout, without padding.
///
/// @param layout which rows belong to which step, N rows in all
/// @param inputs N item numbers
/// @param targets N item numbers, each the item that followed its input
/// @param carry where the sequences go on from, or null when all start from the zero state
/// @param features of the inputs' events, or null where a network takes nothing but items
/// @param weights N factors of the targets' losses, or an empty array where all count the same
public record Batch(
    PackedLayout layout,
    int[] inputs,
    int[] targets,
    @Nullable Carry carry,
    @Nullable EventFeatures features,
    float[] weights) {
  /// The weights of targets that all count the same.
  public static final float[] EQUAL_WEIGHTS = {};

  /// Where each sequence of a batch goes on from.
  ///
  /// @param slots for each sequence the slot that keeps its state between batches
  /// @param starts whether a session starts here, so that the state is zero
  public record Carry(int[] slots, boolean[] starts) {}

  /// Makes a batch of sequences that start from the zero state.
  public Batch(PackedLayout layout, int[] inputs, int[] targets) {
    this(layout, inputs, targets, null, null, EQUAL_WEIGHTS);
  }

  /// Returns the number of targets N.
  public int size() {
    return targets.length;
  }
}
