package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Many virtual threads on one recommender.
class RecommenderThreadsTest {
  private static final RecommendationQuery TOP = RecommendationQuery.top(5);

  private final Recommender recommender = Recommender.contentOnly(SmallItems.CATALOGUE);

  @Test
  void concurrentAnswersEqualSequentialOnes() throws Exception {
    Random random = new Random(42);
    List<List<SessionEvent>> sessions = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      sessions.add(randomSession(random));
    }
    List<Recommendation> sequential =
        sessions.stream().map(events -> recommender.recommend(events, TOP)).toList();
    List<Callable<Recommendation>> questions = new ArrayList<>();
    sessions.forEach(events -> questions.add(() -> recommender.recommend(events, TOP)));
    assertThat(answers(questions)).isEqualTo(sequential);
  }

  @Test
  void aSessionTakesEventsOfManyThreads() throws Exception {
    SessionState session = recommender.newSession();
    List<Callable<Recommendation>> work = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String id = SmallItems.CATALOGUE.item(i % 3).id();
      work.add(() -> {
        session.add(SessionEvent.click(id));
        return session.recommend(TOP);
      });
    }
    assertThat(answers(work)).allMatch(answer -> answer.items().size() == 5);
    assertThat(session.events()).hasSize(500);
    assertThat(session.recommend(TOP)).isEqualTo(recommender.recommend(session.events(), TOP));
  }

  private static List<Recommendation> answers(List<Callable<Recommendation>> work)
      throws Exception {
    List<Recommendation> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Recommendation> answer : threads.invokeAll(work)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  private static List<SessionEvent> randomSession(Random random) {
    List<SessionEvent> events = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      int item = random.nextInt(SmallItems.CATALOGUE.size() + 1);
      String id =
          item == SmallItems.CATALOGUE.size() ? "None" : SmallItems.CATALOGUE.item(item).id();
      events.add(new SessionEvent(id, "Clicked", random.nextInt(60_000), -1));
    }
    return events;
  }
}
