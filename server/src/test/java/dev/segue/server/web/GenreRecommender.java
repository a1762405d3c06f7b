package dev.segue.server.web;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.engine.Recommendation;
import dev.segue.engine.RecommendationQuery;
import dev.segue.engine.Recommender;
import dev.segue.engine.ScoredItem;
import dev.segue.engine.SessionEvent;
import dev.segue.engine.SessionState;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Recommends items of the genres and creators of the session, the popular first.
record GenreRecommender(Catalogue items) implements Recommender {
  @Override
  public String description() {
    return "genres of the session";
  }

  @Override
  public SessionState newSession() {
    return new GenreSession(items, new CopyOnWriteArrayList<>());
  }

  @Override
  public void close() {}

  private record GenreSession(Catalogue catalogue, List<SessionEvent> events)
      implements SessionState {
    @Override
    public boolean add(SessionEvent event) {
      events.add(event);
      return catalogue.indexOf(event.itemId()) >= 0;
    }

    @Override
    public Recommendation recommend(RecommendationQuery query) {
      List<ScoredItem> best =
          catalogue.items().stream()
              .filter(item -> query.domains().isEmpty() || query.domains().contains(item.domain()))
              .filter(item -> !query.excluded().contains(item.id()))
              .filter(item -> !query.excludeSeen() || !isSeen(item))
              .map(item -> new ScoredItem(item, score(item)))
              .sorted(Comparator.comparingDouble(ScoredItem::score).reversed())
              .limit(query.k())
              .toList();
      List<String> unknown =
          events.stream()
              .map(SessionEvent::itemId)
              .filter(id -> catalogue.indexOf(id) < 0)
              .toList();
      return new Recommendation("genre", best, 0, unknown);
    }

    private boolean isSeen(Item item) {
      return events.stream().anyMatch(event -> event.itemId().equals(item.id()));
    }

    private double score(Item item) {
      double score = item.popularity() / 100;
      for (SessionEvent event : events) {
        int index = catalogue.indexOf(event.itemId());
        if (index >= 0) {
          Item seen = catalogue.item(index);
          score += seen.genres().equals(item.genres()) ? 1 : 0;
          score += seen.creator().equals(item.creator()) ? 1 : 0;
        }
      }
      return score;
    }
  }
}
