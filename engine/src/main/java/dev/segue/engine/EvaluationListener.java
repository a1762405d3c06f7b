package dev.segue.engine;

/// Is told how far an evaluation is. Calls come from the evaluator's threads, one at a time.
@FunctionalInterface
public interface EvaluationListener {
  /// Some more targets of a model are done.
  ///
  /// @param model name of the model or baseline that is measured now
  /// @param done its targets so far, never less than in the call before
  /// @param total all its targets
  void progressed(String model, long done, long total);
}
