package dev.segue.engine;

/// What one epoch gave.
///
/// @param epoch from 1
/// @param trainLoss mean of the loss that is trained, over the training targets while training
/// @param validationLoss mean over the validation targets of what [TrainingListener.Plan] names,
///   lower is better; NaN without validation
/// @param recall Recall@20 over the validation targets; NaN without validation, or where it is the
///   loss that is measured
/// @param mrr MRR@20 over them, as `recall`
/// @param seconds time of training and validation
/// @param eventsPerSecond training targets per second, validation apart
/// @param best whether what validation measures is the lowest so far
public record EpochResult(
    int epoch,
    double trainLoss,
    double validationLoss,
    double recall,
    double mrr,
    double seconds,
    double eventsPerSecond,
    boolean best) {}
