package dev.segue.engine.example;

import dev.segue.engine.Recommendation;
import dev.segue.engine.RecommendationQuery;
import dev.segue.engine.Recommender;
import dev.segue.engine.ScoredItem;
import dev.segue.engine.SessionEvent;
import dev.segue.engine.SessionState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The example of `engine/README.md`; a test compiles it, runs it, and compares it with that page.
final class EmbeddedUse {
  private EmbeddedUse() {}

  // example
  static List<String> recommend(Path modelDirectory) {
    List<String> lines = new ArrayList<>();
    try (Recommender recommender = Recommender.load(modelDirectory)) {
      // A live session: each event costs one step of the GRU.
      SessionState session = recommender.newSession();
      session.add(SessionEvent.click("Movie_0"));
      session.add(new SessionEvent("Music_1", "Clicked", 45_000, -1));
      Recommendation next = session.recommend(RecommendationQuery.top(5));
      for (ScoredItem scored : next.items()) {
        lines.add("%s (%s)".formatted(scored.item().title(), scored.item().domain()));
      }

      // Or stateless, and only books that are not on the desk already.
      RecommendationQuery books =
          new RecommendationQuery(3, Set.of("Book"), Set.of("Book_2"), true);
      List<SessionEvent> events = List.of(SessionEvent.click("Music_1"));
      recommender.recommend(events, books).items().forEach(book -> lines.add(book.item().id()));
    }
    return lines;
  }
  // example
}
