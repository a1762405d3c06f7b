package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.engine.content.ContentFeatures;
import dev.segue.engine.content.ContentIndex;
import dev.segue.engine.neighbours.SessionIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The baselines that stand beside a model in every table. They rank the same items, are
/// deterministic, and cost no training: their counts are in the model directory.
public final class Baselines {
  private Baselines() {}

  /// Returns baselines over a trained model's items:
  ///
  /// - `popularity`: training events of an item
  /// - `recent-popularity`: sessions that hold it among the last tenth of the training sessions
  /// - `session-popularity`: how often it occurred in the session so far, then popularity
  /// - `markov`: how often it directly followed the last one, backed off to popularity
  /// - `item-knn`, `sequential-rules`, `vsknn`, `stan`, `vstan`: past sessions, see
  ///   [NeighbourSettings], with default settings
  /// - `content`: cosine of TF-IDF features
  ///
  /// Those that need past sessions are left out where the directory has no index, content where
  /// items have no features because only ids are known, and the one that is the model itself.
  public static List<SessionModel> of(TrainedModel model) {
    List<SessionModel> all = of(model.items(), model.statistics(), model.index());
    return all.stream().filter(baseline -> !baseline.name().equals(model.gru().name())).toList();
  }

  /// Returns the baselines over the items that the statistics count.
  static List<SessionModel> of(
      Catalogue items, TrainingStatistics statistics, @Nullable SessionIndex index) {
    int[] support = statistics.support();
    List<SessionModel> baselines = new ArrayList<>();
    baselines.add(new PopularityModel("popularity", items, support));
    if (index != null) {
      baselines.add(new PopularityModel("recent-popularity", items, index.columns().recent()));
    }
    baselines.add(new SessionPopularityModel(items, support));
    baselines.add(new MarkovModel(items, statistics));
    if (index != null) {
      for (String kind : NeighbourSettings.kinds().reversed()) {
        baselines.add(NeighbourModel.of(NeighbourSettings.defaults(kind), index, items));
      }
    }
    ContentIndex features = new ContentIndex(ContentFeatures.of(items));
    ContentModel content = new ContentModel(items, features, support.length);
    if (content.hasFeatures()) {
      baselines.add(content);
    }
    return List.copyOf(baselines);
  }
}
