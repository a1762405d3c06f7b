package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.engine.content.ContentFeatures;
import dev.segue.engine.content.ContentIndex;
import java.util.ArrayList;
import java.util.List;

/// The baselines that stand beside a model in every table. They rank the same items, are
/// deterministic, and cost no training: their counts are in the model directory.
public final class Baselines {
  private Baselines() {}

  /// Returns baselines over a trained model's items: `popularity` (training events of an item),
  /// `markov` (how often an item directly followed the last one, backed off to popularity) and
  /// `content` (cosine of TF-IDF features). The last is left out where items have no features,
  /// because only ids are known.
  public static List<SessionModel> of(TrainedModel model) {
    return of(model.items(), model.statistics());
  }

  /// Returns the baselines over the items that the statistics count.
  static List<SessionModel> of(Catalogue items, TrainingStatistics statistics) {
    List<SessionModel> baselines = new ArrayList<>();
    baselines.add(new PopularityModel(items, statistics.support()));
    baselines.add(new MarkovModel(items, statistics));
    ContentIndex index = new ContentIndex(ContentFeatures.of(items));
    ContentModel content = new ContentModel(items, index, statistics.support().length);
    if (content.hasFeatures()) {
      baselines.add(content);
    }
    return List.copyOf(baselines);
  }
}
