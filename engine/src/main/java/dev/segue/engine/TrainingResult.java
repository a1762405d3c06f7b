package dev.segue.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a training run ended.
///
/// @param epochs all epochs, those before a resumption included
/// @param bestEpoch the epoch whose weights were kept
/// @param interrupted whether it stopped on request; then there is a checkpoint to continue from
/// @param seconds training time, resumptions added
/// @param continuation what was taken over from another model, or null when it began at random
public record TrainingResult(
    List<EpochResult> epochs,
    int bestEpoch,
    boolean interrupted,
    double seconds,
    @Nullable Continuation continuation) {
  /// Copies the list.
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }
}
