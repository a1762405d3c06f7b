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

  /// Returns what an item has in common with the session, the greatest share first; empty when they
  /// share nothing or the recommender does not look at content. It explains content, not what a
  /// trained model learned.
  ///
  /// @param itemId id of any item of the catalogue
  /// @param limit at most so many
  /// @throws IllegalArgumentException when the item is not in the catalogue
  default List<SharedFeature> explain(String itemId, int limit) {
    return List.of();
  }
}
