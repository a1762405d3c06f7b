package dev.segue.engine;

import java.util.List;

/// The baselines that stand beside a model in every table.
public final class Baselines {
  private Baselines() {}

  /// Returns popularity, Markov and content-only over a trained model's items.
  public static List<SessionModel> of(TrainedModel model) {
    throw new UnsupportedOperationException();
  }
}
