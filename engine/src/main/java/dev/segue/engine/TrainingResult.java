package dev.segue.engine;

import java.util.List;

/// How a training run ended.
///
/// @param epochs all epochs, those before a resumption included
/// @param bestEpoch the epoch whose weights were kept
/// @param interrupted whether it stopped on request; then there is a checkpoint to continue from
/// @param seconds training time, resumptions added
public record TrainingResult(
    List<EpochResult> epochs, int bestEpoch, boolean interrupted, double seconds) {
  /// Copies the list.
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }
}
