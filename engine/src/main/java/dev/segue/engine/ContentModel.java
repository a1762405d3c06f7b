package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.engine.content.ContentFeatures;
import dev.segue.engine.content.ContentIndex;
import dev.segue.engine.content.SparseVector;
import dev.segue.engine.sequences.DwellWeights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Scores items by what they are about, without training. With x_i the TF-IDF vector of the i-th of
/// the session's last n ≤ 50 events (see [ContentFeatures]):
///
/// ```
/// p = Σ_i λ^(n−i) · g(dwell_i) · x_i          λ = 0.85
/// g(d) = ln(1 + d / 1 s) / ln(1 + 30 s / 1 s), at least 0.1 and at most 2; 1 where d is not known
/// cosine_j = p · x_j / ‖p‖                               x_j of length 1, or less: see there
/// score_j  = cosine_j + 0.001 · percentile_j / 100        where the cosine is above 0
///          = 0.001 · percentile_j / 100 − 1               elsewhere
/// ```
///
/// So 30 seconds count as one click of unknown length. The percentile is that of the catalogue's
/// popularity within the item's domain; it only orders items that are equal in content. A negative
/// score says that an item shares nothing with the session.
final class ContentModel implements SessionModel {
  private static final int LAST_EVENTS = 50;
  private static final double DECAY = 0.85;
  private static final float POPULARITY_WEIGHT = 0.001f;

  private final Catalogue items;
  private final int vocabularySize;
  private final Later<ContentIndex> index;
  private final Later<float[]> prior;

  /// Makes the model over the first items of a catalogue.
  ///
  /// @param items all items
  /// @param index made of the features of all items
  /// @param vocabularySize how many of them it ranks; events may be of any item
  ContentModel(Catalogue items, ContentIndex index, int vocabularySize) {
    this(items, Later.now(index), vocabularySize);
  }

  private ContentModel(Catalogue items, Later<ContentIndex> index, int vocabularySize) {
    this.items = items;
    this.vocabularySize = vocabularySize;
    this.index = index;
    prior = new Later<>(() -> prior(items, vocabularySize));
  }

  /// Makes the model over a whole catalogue.
  static ContentModel of(Catalogue items) {
    return new ContentModel(items, new ContentIndex(ContentFeatures.of(items)), items.size());
  }

  /// Makes the model over a whole catalogue when it is first needed: the features of 110,000 items
  /// take a second or two, and a session of trained items needs none of them.
  static ContentModel later(Catalogue items) {
    return new ContentModel(
        items, new Later<>(() -> new ContentIndex(ContentFeatures.of(items))), items.size());
  }

  /// Makes what is not made yet.
  @Override
  public void prepare() {
    index.get();
    prior.get();
  }

  private static float[] prior(Catalogue items, int vocabularySize) {
    float[] prior = new float[vocabularySize];
    for (int i = 0; i < vocabularySize; i++) {
      prior[i] = (float) (POPULARITY_WEIGHT * items.popularityPercentile(i) / 100);
    }
    return prior;
  }

  @Override
  public String name() {
    return "content";
  }

  @Override
  public Catalogue items() {
    return items;
  }

  @Override
  public int vocabularySize() {
    return vocabularySize;
  }

  /// Returns the features of all items by feature.
  ContentIndex index() {
    return index.get();
  }

  /// Returns whether items differ in anything but their ids.
  boolean hasFeatures() {
    return index.get().features().features() > 0;
  }

  /// Returns the search for items that are alike, over all items of the catalogue.
  SimilarItemSearch similarItems() {
    return new SimilarItemSearch(items, index.get());
  }

  @Override
  public State start() {
    return new State();
  }

  /// The last events of a session.
  final class State extends ScoredState {
    private final Deque<ModelEvent> events = new ArrayDeque<>();

    @Override
    public void add(ModelEvent event) {
      if (events.size() == LAST_EVENTS) {
        events.removeFirst();
      }
      events.addLast(event);
    }

    @Override
    public void scores(float[] out) {
      index.get().cosines(profile(), out, vocabularySize);
      float[] priors = prior.get();
      for (int i = 0; i < vocabularySize; i++) {
        out[i] = out[i] > 0 ? out[i] + priors[i] : priors[i] - 1;
      }
    }

    @Override
    int items() {
      return vocabularySize;
    }

    /// Returns the weight of each item of the session: λ^age · g, summed over its events.
    Map<Integer, Double> weights() {
      Map<Integer, Double> weights = new HashMap<>();
      double recency = 1;
      for (var latest = events.descendingIterator(); latest.hasNext(); recency *= DECAY) {
        ModelEvent event = latest.next();
        weights.merge(event.item(), recency * DwellWeights.of(event.dwellMillis()), Double::sum);
      }
      return weights;
    }

    private SparseVector profile() {
      return index.get().profile(weights());
    }

    /// Returns what an item shares with the session, the greatest share first.
    ///
    /// @param item any item of the catalogue
    /// @param limit at most so many
    List<SharedFeature> explain(int item, int limit) {
      SparseVector profile = profile();
      ContentFeatures features = index.get().features();
      List<SharedFeature> shared = new ArrayList<>();
      for (int entry = features.start(item); entry < features.start(item + 1); entry++) {
        int feature = features.feature(entry);
        int place = Arrays.binarySearch(profile.features(), feature);
        if (place >= 0) {
          shared.add(
              new SharedFeature(
                  features.kind(feature).label(),
                  features.name(feature),
                  (double) profile.weights()[place] * features.weight(entry)));
        }
      }
      shared.sort(SharedFeature.GREATEST_FIRST);
      return List.copyOf(shared.subList(0, Math.min(limit, shared.size())));
    }
  }
}
