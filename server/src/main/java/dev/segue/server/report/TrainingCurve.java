package dev.segue.server.report;

import java.util.List;

/// How the training of a model went, epoch by epoch.
///
/// @param model its name in the report
/// @param measure what was validated
/// @param bestEpoch the epoch whose weights were kept
/// @param train loss by epoch
/// @param validation loss by epoch, not a number where there was no validation
public record TrainingCurve(
    String model, String measure, int bestEpoch, List<Double> train, List<Double> validation) {
  /// Copies the lists.
  public TrainingCurve {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
  }
}
