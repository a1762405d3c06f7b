package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import dev.segue.data.Split;
import dev.segue.data.TimeSplit;
import dev.segue.engine.neighbours.SessionIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Measures neighbourhood models on the last sessions of a log, with an index of those before them.
/// Indexes are kept, so that many settings can be tried.
public final class NeighbourValidation {
  private static final int CUT_OFF = 20;

  private final TrainingData data;
  private final Catalogue items;
  private final SessionLog validation;
  private final Map<Integer, SessionIndex> indexes = new ConcurrentHashMap<>();

  /// Splits a log.
  ///
  /// @param share of the sessions, the last by time, that measure
  /// @throws ModelException when there is nothing to learn from or nothing to measure on
  public NeighbourValidation(SessionLog sessions, double share) {
    Split split = TimeSplit.byShare(sessions, share, 0);
    data =
        TrainingData.prepare(
            split.train(), null, Settings.defaults().with(SettingKey.VALIDATION.key(), "0"));
    items = Catalogue.of(data.items());
    validation = split.validation();
    if (validation.sessionCount() == 0) {
      throw new ModelException(
          "validation: no sessions to measure on, expected a share above 0, got %s of %d sessions"
              .formatted(share, sessions.sessionCount()));
    }
  }

  /// Returns the number of sessions that can be measured on.
  public int sessions() {
    return validation.sessionCount();
  }

  /// Measures a model with cut-off 20.
  ///
  /// @param sessions on how many sessions at most, spread evenly over those there are
  /// @throws IllegalArgumentException when none of them has two events
  public EvaluationReport measure(
      NeighbourSettings settings, int sessions, EvaluationListener listener) {
    NeighbourModel model = NeighbourModel.of(settings, index(settings), items);
    return new Evaluator(CUT_OFF)
        .withListener(listener)
        .evaluate(model, List.of(), spread(validation, sessions));
  }

  private SessionIndex index(NeighbourSettings settings) {
    SessionIndex index = indexes.get(settings.maxLength());
    if (index == null || index.bound() < settings.sample()) {
      index = data.index(settings.sample(), settings.maxLength());
      indexes.put(settings.maxLength(), index);
    }
    return index;
  }

  /// Returns at most so many sessions of a log, spread evenly over it.
  static SessionLog spread(SessionLog log, int most) {
    int sessions = Math.min(most, log.sessionCount());
    int[] chosen = new int[sessions];
    Arrays.setAll(chosen, i -> (int) ((long) i * log.sessionCount() / sessions));
    return log.select(chosen);
  }
}
