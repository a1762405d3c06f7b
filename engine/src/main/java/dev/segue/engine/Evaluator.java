package dev.segue.engine;

import dev.segue.data.SessionLog;
import java.util.List;

/// Measures models: every event after a session's first is a target, all items are ranked, ties
/// count against the model.
public final class Evaluator {
  private final int[] cutoffs;

  /// Makes an evaluator for some cut-offs, such as 1, 5, 10, 20.
  public Evaluator(int... cutoffs) {
    this.cutoffs = cutoffs.clone();
  }

  /// Evaluates a model and baselines over the same targets.
  ///
  /// @param model the model
  /// @param baselines others for the same table; they share the model's items
  /// @param sessions the sessions to predict
  public EvaluationReport evaluate(
      SessionModel model, List<SessionModel> baselines, SessionLog sessions) {
    throw new UnsupportedOperationException("" + cutoffs.length);
  }
}
