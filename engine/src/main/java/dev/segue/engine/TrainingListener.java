package dev.segue.engine;

/// Is told how a training run goes, on the training thread; the default does nothing.
public interface TrainingListener {
  /// Training begins or continues.
  ///
  /// @param plan what is going to be done
  default void started(Plan plan) {}

  /// Some batches are done; called after each batch.
  ///
  /// @param progress how far the epoch is
  default void progressed(Progress progress) {}

  /// An epoch and its validation are done.
  ///
  /// @param result its losses
  default void epochFinished(EpochResult result) {}

  /// Returns whether training should save a checkpoint and stop after the current batch.
  default boolean stopRequested() {
    return false;
  }

  /// What is going to be done.
  ///
  /// @param trainSessions number of training sessions
  /// @param validationSessions number of validation sessions
  /// @param items V
  /// @param eventsPerEpoch training targets in one epoch
  /// @param firstEpoch from 1; more when a run is continued
  /// @param maxEpochs bound
  /// @param parameters number of trained numbers
  /// @param backend its description
  /// @param validationMeasure what is measured after an epoch, lower is better: `loss`, the mean
  ///   softmax cross-entropy over all items in nats, `1-Recall@20` or `1-MRR@20`
  record Plan(
      int trainSessions,
      int validationSessions,
      int items,
      long eventsPerEpoch,
      int firstEpoch,
      int maxEpochs,
      long parameters,
      String backend,
      String validationMeasure) {}

  /// How far an epoch is.
  ///
  /// @param epoch from 1
  /// @param events targets done in this epoch
  /// @param eventsPerEpoch all targets of an epoch
  /// @param meanLoss mean training loss of this epoch so far, nats per target
  /// @param eventsPerSecond rate of this epoch so far
  record Progress(
      int epoch, long events, long eventsPerEpoch, double meanLoss, double eventsPerSecond) {}
}
