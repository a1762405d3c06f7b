package dev.segue.engine;

import dev.segue.data.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Recommends the next items of a session, in-process. Thread safe.
public interface Recommender extends AutoCloseable {
  /// Loads a model directory on the best backend of this machine.
  ///
  /// @throws ModelException when the directory is damaged or not a model
  static Recommender load(Path modelDirectory) {
    return load(modelDirectory, ServingSettings.defaults());
  }

  /// Loads a model directory on a backend of one's choice.
  ///
  /// @throws ModelException when the directory is damaged or not a model
  static Recommender load(Path modelDirectory, ServingSettings settings) {
    return SessionRecommender.load(modelDirectory, null, settings);
  }

  /// Loads a model directory and adds the items of a catalogue that the model does not know; they
  /// are found and clicked like others and scored by content.
  static Recommender load(Path modelDirectory, Catalogue catalogue) {
    return load(modelDirectory, catalogue, ServingSettings.defaults());
  }

  /// Loads a model directory with the items of a catalogue on a backend of one's choice.
  static Recommender load(Path modelDirectory, Catalogue catalogue, ServingSettings settings) {
    return SessionRecommender.load(modelDirectory, catalogue, settings);
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

  /// Returns the items that are nearest to one in content, whether or not a model is trained:
  /// within its domain and across domains.
  ///
  /// @param itemId id of an item of [#items]
  /// @param k at most so many in each of the two lists, at least 1
  /// @param domains only items of these; empty for all
  /// @throws IllegalArgumentException for an unknown item or domain, or a k below 1
  SimilarItems similar(String itemId, int k, Set<String> domains);

  /// Returns the items whose vectors in the trained model are nearest to one's: the cosine of rows
  /// of the output layer, so items are near where the same sessions lead to both. Nothing is named
  /// as shared.
  ///
  /// @param itemId id of an item that the model was trained on
  /// @param k at most so many in each of the two lists, at least 1
  /// @param domains only items of these; empty for all
  /// @throws IllegalArgumentException as [#similar], for a cold item, and where there is no GRU
  default SimilarItems similarByModel(String itemId, int k, Set<String> domains) {
    throw new IllegalArgumentException(
        "similar: no vectors of items, expected a recommender with a GRU");
  }

  /// Releases the model.
  @Override
  void close();
}
