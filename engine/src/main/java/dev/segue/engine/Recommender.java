package dev.segue.engine;

import dev.segue.data.Catalogue;
import java.nio.file.Path;
import java.util.List;

/// Recommends the next items of a session, in-process. Thread safe.
public interface Recommender extends AutoCloseable {
  /// Loads a model directory on the best backend of this machine.
  ///
  /// @throws ModelException when the directory is damaged or not a model
  static Recommender load(Path modelDirectory) {
    return SessionRecommender.load(modelDirectory, null);
  }

  /// Loads a model directory and adds the items of a catalogue that the model does not know; they
  /// are found and clicked like others and scored by content.
  static Recommender load(Path modelDirectory, Catalogue catalogue) {
    return SessionRecommender.load(modelDirectory, catalogue);
  }

  /// Recommends by content alone, for when there is no model yet.
  static Recommender contentOnly(Catalogue catalogue) {
    return SessionRecommender.contentOnly(catalogue);
  }

  /// Returns all items that can be clicked.
  Catalogue items();

  /// Returns one line about the model: kind, sizes, backend.
  String description();

  /// Starts a session.
  SessionState newSession();

  /// Recommends after some events; stateless.
  default Recommendation recommend(List<SessionEvent> events, RecommendationQuery query) {
    SessionState session = newSession();
    events.forEach(session::add);
    return session.recommend(query);
  }

  /// Releases the model.
  @Override
  void close();
}
