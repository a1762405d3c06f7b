package dev.segue.engine;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How a blend was chosen.
///
/// @param weight the GRU's part w of the best blend
/// @param sharpness what the GRU's scores are multiplied by before their softmax, so that it gives
///   probabilities
/// @param validationSessions how many sessions chose it
/// @param tried for each weight that was tried what it reached on them
public record BlendResult(
    double weight, double sharpness, int validationSessions, Map<Double, EvaluationReport> tried) {
  /// Orders the map by weight and copies it.
  public BlendResult {
    tried = Collections.unmodifiableMap(new TreeMap<>(tried));
  }
}
