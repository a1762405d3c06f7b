package dev.segue.engine;

/// What one epoch gave.
///
/// @param epoch from 1
/// @param trainLoss mean loss of the training targets while training, nats
/// @param validationLoss mean loss of the validation targets afterwards, nats; NaN without
///   validation
/// @param seconds time of training and validation
/// @param eventsPerSecond training targets per second, validation apart
/// @param best whether the validation loss is the lowest so far
public record EpochResult(
    int epoch,
    double trainLoss,
    double validationLoss,
    double seconds,
    double eventsPerSecond,
    boolean best) {}
