package dev.segue.engine.tuning;

import org.jspecify.annotations.Nullable;

/// How a search ended.
///
/// @param best the best trial of the last round, or null when the search was interrupted
/// @param trials how many trials were begun
public record TuningResult(@Nullable Trial best, int trials) {}
