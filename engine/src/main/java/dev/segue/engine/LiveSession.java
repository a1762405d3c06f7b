package dev.segue.engine;

import dev.segue.engine.ranking.MarginalRelevance;
import dev.segue.kernels.TopK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One session of a [SessionRecommender]; every method holds the session's lock.
final class LiveSession implements SessionState {
  private final SessionRecommender shared;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<SessionEvent> events = new ArrayList<>();
  private final Set<Integer> seen = new LinkedHashSet<>();
  private final Set<String> unknown = new LinkedHashSet<>();
  private final ContentModel.State content;
  private final @Nullable ModelState trained;

  LiveSession(SessionRecommender shared) {
    this.shared = shared;
    content = shared.content().start();
    SessionModel model = shared.trained();
    trained = model == null ? null : model.start();
  }

  @Override
  public boolean add(SessionEvent event) {
    return locked(() -> {
      events.add(event);
      int item = shared.items().indexOf(event.itemId());
      if (item < 0) {
        unknown.add(event.itemId());
        return false;
      }
      ModelEvent modelEvent = new ModelEvent(item, event.action(), event.dwellMillis());
      seen.add(item);
      content.add(modelEvent);
      if (trained != null && shared.isTrained(item)) {
        trained.add(modelEvent);
      }
      return true;
    });
  }

  @Override
  public List<SessionEvent> events() {
    return locked(() -> List.copyOf(events));
  }

  @Override
  public List<SharedFeature> explain(String itemId, int limit) {
    int item = shared.items().indexOf(itemId);
    if (item < 0) {
      throw new IllegalArgumentException(
          "explain: unknown item, expected an id of the catalogue, got \"%s\"".formatted(itemId));
    }
    return locked(() -> content.explain(item, limit));
  }

  @Override
  public Recommendation recommend(RecommendationQuery query) {
    Recommendation answer = locked(() -> answer(query));
    shared.answered();
    return answer;
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      shared.requireOpen();
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private Recommendation answer(RecommendationQuery query) {
    Candidates candidates = new Candidates(query);
    int k = Math.min(query.k(), shared.items().size());
    boolean isDiverse = query.diversity() > 0;
    int most = Math.max(k, Math.min(MarginalRelevance.CANDIDATES, shared.items().size()));
    Ranking ranking = new Ranking(shared.items(), isDiverse ? most : k);
    if (seen.isEmpty()) {
      Ranking popular = new Ranking(shared.items(), k);
      candidates.appendPopular(popular);
      return new Recommendation("popularity", popular.items(), 0, List.copyOf(unknown));
    }
    String model = candidates.appendByModel(ranking);
    if (ranking.missing() > 0) {
      ranking.appendBelow(candidates.contentItems(ranking.missing() + ranking.items().size()));
    }
    if (isDiverse) {
      ranking = diverse(ranking, k, query.diversity());
    }
    int own = ranking.items().size();
    candidates.appendPopular(ranking);
    int backfilled = ranking.items().size() - own;
    return new Recommendation(model, ranking.items(), backfilled, List.copyOf(unknown));
  }

  private Ranking diverse(Ranking ranking, int k, double diversity) {
    List<ScoredItem> found = ranking.items();
    int[] items = found.stream().mapToInt(one -> shared.items().indexOf(one.item().id())).toArray();
    double[] scores = found.stream().mapToDouble(ScoredItem::score).toArray();
    Ranking list = new Ranking(shared.items(), k);
    for (int place : MarginalRelevance.select(items, scores, k, diversity, shared.similarity())) {
      list.append(items[place], scores[place]);
    }
    return list;
  }

  /// Returns the part of the session's weight, by recency and dwell, that lies on items which the
  /// trained model knows.
  private double trainedShare() {
    double known = 0;
    double all = 0;
    for (var entry : content.weights().entrySet()) {
      all += entry.getValue();
      known += shared.isTrained(entry.getKey()) ? entry.getValue() : 0;
    }
    return known / all;
  }

  /// The items that a query allows.
  private final class Candidates {
    private final int[] excluded;
    private final long @Nullable [] allowed;

    Candidates(RecommendationQuery query) {
      allowed = query.domains().isEmpty() ? null : shared.domains().allowed(query.domains());
      IntStream asked =
          query.excluded().stream().mapToInt(shared.items()::indexOf).filter(item -> item >= 0);
      IntStream left =
          query.excludeSeen() ? seen.stream().mapToInt(Integer::intValue) : IntStream.empty();
      excluded = IntStream.concat(asked, left).sorted().distinct().toArray();
    }

    private boolean fits(int item) {
      boolean inDomain = allowed == null || (allowed[item >> 6] >>> item & 1) != 0;
      return inDomain && Arrays.binarySearch(excluded, item) < 0;
    }

    /// Appends what the models say and returns the name of the one that spoke.
    String appendByModel(Ranking ranking) {
      double share = trainedShare();
      if (share == 0) {
        ranking.append(contentTop(ranking.missing()));
        return shared.content().name();
      }
      if (share == 1) {
        ranking.append(trainedTop(ranking.missing()));
        return trainedName();
      }
      int k = ranking.missing();
      ranking.appendInTurn(trainedTop(k), share, contentTop(k));
      return trainedName() + "+" + shared.content().name();
    }

    private String trainedName() {
      SessionModel model = shared.trained();
      return model == null ? "" : model.name();
    }

    private TopK trainedTop(int k) {
      SessionModel model = shared.trained();
      if (model == null || trained == null) {
        return new TopK(new int[1][0], new float[1][0]);
      }
      int size = model.vocabularySize();
      int[] ranked = IntStream.of(excluded).filter(item -> item < size).toArray();
      return trained.top(Math.min(k, size), ranked, DomainFilter.first(size, allowed));
    }

    /// Returns the best items that share something with the session.
    private TopK contentTop(int k) {
      int most = Math.min(k, shared.items().size());
      TopK top = content.top(most, excluded, allowed);
      int shares = 0;
      while (shares < top.scores()[0].length && top.scores()[0][shares] >= 0) {
        shares++;
      }
      return new TopK(
          new int[][] {Arrays.copyOf(top.items()[0], shares)},
          new float[][] {Arrays.copyOf(top.scores()[0], shares)});
    }

    List<Integer> contentItems(int k) {
      return IntStream.of(contentTop(k).items()[0]).boxed().toList();
    }

    void appendPopular(Ranking ranking) {
      if (ranking.missing() == 0) {
        return;
      }
      IntPredicate isNew = item -> fits(item) && !ranking.contains(item);
      ranking.appendBelow(shared.popular().first(ranking.missing(), isNew));
    }
  }
}
