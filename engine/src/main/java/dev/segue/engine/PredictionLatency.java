package dev.segue.engine;

/// How long one prediction takes, asked for one at a time on one thread: taking an event and giving
/// the best items.
///
/// @param predictions how many were timed
/// @param p50Millis half of them took at most this long
/// @param p90Millis nine tenths did
/// @param p99Millis 99 of 100 did
public record PredictionLatency(
    int predictions, double p50Millis, double p90Millis, double p99Millis) {}
