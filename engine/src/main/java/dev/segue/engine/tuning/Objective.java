package dev.segue.engine.tuning;

/// What a search maximises on the validation sessions, all items ranked, ties against the model.
public enum Objective {
  /// Recall@20.
  RECALL,
  /// MRR@20.
  MRR,
  /// (Recall@20 + MRR@20) / 2.
  BOTH;

  /// Returns what is maximised.
  double of(double recall, double mrr) {
    return switch (this) {
      case RECALL -> recall;
      case MRR -> mrr;
      case BOTH -> (recall + mrr) / 2;
    };
  }
}
