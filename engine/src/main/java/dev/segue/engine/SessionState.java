package dev.segue.engine;

import java.util.List;

/// A live session: what it contains and the model's state after it, so that an event costs one GRU
/// step and not a replay. Made by [Recommender#newSession]. Safe for use by several threads.
public interface SessionState {
  /// Takes one event.
  ///
  /// @return whether the item is in the catalogue; an unknown one is remembered and otherwise
  ///   ignored
  boolean add(SessionEvent event);

  /// Returns all events so far.
  List<SessionEvent> events();

  /// Recommends from the state as it is.
  Recommendation recommend(RecommendationQuery query);
}
