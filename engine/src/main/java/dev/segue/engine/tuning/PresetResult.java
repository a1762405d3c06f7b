package dev.segue.engine.tuning;

/// What a preset made.
///
/// @param kind of the model: `gru`, `blend`, or a neighbourhood model by name
/// @param weight the GRU's part
/// @param interrupted whether it stopped on request; the same call goes on
/// @param seconds time it took this time
public record PresetResult(String kind, double weight, boolean interrupted, double seconds) {}
