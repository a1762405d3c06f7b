package dev.segue.engine;

import dev.segue.data.Catalogue;
import org.jspecify.annotations.Nullable;

/// A model that scores all items after each event of a session: the GRU, a neighbourhood method, a
/// baseline. Immutable and thread safe; what belongs to one session lives in its [ModelState].
public interface SessionModel extends AutoCloseable {
  /// Returns a short name for tables: `gru`, `popularity`, `markov`, `content`.
  String name();

  /// Returns the items; numbers below [#vocabularySize] are those that the model scores, the others
  /// are cold.
  Catalogue items();

  /// Returns V, the number of items that the model scores.
  int vocabularySize();

  /// Starts a session at the zero state.
  ModelState start();

  /// Scores every target of some sessions. A model that is faster on many sessions at once
  /// overrides this; the order of visits is free, but each target is visited exactly once, on the
  /// calling thread. Several threads may call this at once.
  ///
  /// @param sessions for each session its events, all with items below V
  /// @param visitor receives the scores after each event but a session's last
  default void scoreTargets(ModelEvent[][] sessions, TargetVisitor visitor) {
    float[] scores = new float[vocabularySize()];
    for (int session = 0; session < sessions.length; session++) {
      ModelState state = start();
      ModelEvent[] events = sessions[session];
      for (int position = 0; position + 1 < events.length; position++) {
        state.add(events[position]);
        state.scores(scores);
        visitor.visit(session, position + 1, scores, 0);
      }
    }
  }

  /// Returns vectors of the items, or null where the model has none.
  default @Nullable ItemRows itemRows() {
    return null;
  }

  /// Makes what is not needed for an answer and makes answers quicker, and returns when it is made;
  /// at once where there is nothing. An interrupted thread returns sooner.
  default void prepare() {}

  @Override
  default void close() {}

  /// Receives scores for one target.
  @FunctionalInterface
  interface TargetVisitor {
    /// Looks at the scores with which the event at `position` of a session is predicted.
    ///
    /// @param session index into the sessions
    /// @param position index of the target in its session, from 1
    /// @param scores holds the scores of all V items from `offset` on; reused after the call
    /// @param offset where they start
    void visit(int session, int position, float[] scores, int offset);
  }
}
