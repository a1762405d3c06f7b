package dev.segue.engine.tuning;

import dev.segue.engine.TrainingListener;

/// Is told how training by a preset goes; the default does nothing.
public interface PresetListener extends TrainingListener {
  /// A stage begins.
  ///
  /// @param what it does, in a line
  default void stage(String what) {}

  /// A candidate was measured on the last sessions.
  ///
  /// @param model what it is, in a line
  /// @param recall Recall@20
  /// @param mrr MRR@20
  default void measured(String model, double recall, double mrr) {}
}
