package dev.segue.server.bench;

/// Something to run again and again.
///
/// @param name what it is, in words
/// @param work how much of `unit` one run is
/// @param unit what is counted: GFLOP, events, answers
/// @param run one run
public record BenchTask(String name, double work, String unit, Runnable run) {}
