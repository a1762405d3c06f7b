package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recommender over a model that was trained and written: thirty items in a circle.
class RecommenderModelTest {
  private static final int ITEMS = 30;
  private static final RecommendationQuery TOP = RecommendationQuery.top(5);

  @TempDir static Path folder;

  private static Path model = Path.of("");

  @BeforeAll
  static void train() {
    model = folder.resolve("model");
    Settings settings =
        Settings.of(
            Map.of(
                "embedding", "16", "hidden", "24", "rate", "0.02", "epochs", "8", "batch", "16"));
    try (Backend backend = Backends.open(BackendChoice.AUTO)) {
      new Trainer(backend)
          .train(
              new TrainingRequest(
                  Logs.cycles(ITEMS, 400, 1), null, settings, model, false, Map.of()),
              new TrainingListener() {});
    }
  }

  @Test
  void recommendsWhatTheGruLearned() {
    try (Recommender recommender = Recommender.load(model)) {
      Recommendation answer = recommender.recommend(clicks(3, 4, 5), TOP);
      assertThat(answer.model()).isEqualTo("gru");
      assertThat(answer.items().getFirst().item().id()).isEqualTo(Logs.id(6));
      assertThat(answer.backfilled()).isZero();
      assertThat(recommender.description()).startsWith("gru, 30 items and 0 cold ones, ");
    }
  }

  @Test
  void settingsChooseTheBackendAndHearOfEveryPass() {
    List<Integer> passes = new ArrayList<>();
    ServingSettings settings =
        ServingSettings.defaults().on(BackendChoice.SCALAR, 1).onPass(passes::add);
    try (Recommender recommender = Recommender.load(model, settings)) {
      assertThat(recommender.description()).contains("scalar");
      recommender.recommend(clicks(3, 4, 5), TOP);
      recommender.recommend(clicks(6), TOP);
    }
    assertThat(passes).containsExactly(1, 1);
    assertThatThrownBy(() -> settings.on(BackendChoice.SCALAR, -1))
        .hasMessage("serving: threads, expected 0 or more, got -1");
  }

  @Test
  void anIncrementalSessionEqualsAStatelessOne() {
    try (Recommender recommender = Recommender.load(model)) {
      SessionState session = recommender.newSession();
      List<SessionEvent> events = new ArrayList<>();
      for (SessionEvent event : clicks(7, 8, 20, 21, 22)) {
        session.add(event);
        events.add(event);
        assertThat(session.recommend(TOP)).isEqualTo(recommender.recommend(events, TOP));
      }
    }
  }

  @Test
  void itemsOfTheCatalogueThatTheModelLacksAreCold() {
    Item cold = SmallItems.item("Movie_Cold", 3, "Drama", "Ann Lee", "A new film.");
    Item other = SmallItems.item("Movie_Other", 3, "Drama", "Bob Ray", "Another film.");
    try (Recommender recommender = Recommender.load(model, Catalogue.of(List.of(cold, other)))) {
      assertThat(recommender.items().size()).isEqualTo(ITEMS + 2);
      assertThat(recommender.description()).startsWith("gru, 30 items and 2 cold ones, ");
      SessionState session = recommender.newSession();
      assertThat(session.add(SessionEvent.click("Movie_Cold"))).isTrue();
      Recommendation byContent = session.recommend(TOP);
      assertThat(byContent.model()).isEqualTo("content");
      assertThat(byContent.items().getFirst().item()).isEqualTo(other);
      session.add(SessionEvent.click(Logs.id(3)));
      Recommendation mixed = session.recommend(TOP);
      assertThat(mixed.model()).isEqualTo("gru+content");
      assertThat(mixed.items())
          .extracting(scored -> scored.item().id())
          .contains(Logs.id(4), "Movie_Other");
    }
  }

  @Test
  void concurrentAnswersEqualSequentialOnes() throws Exception {
    try (Recommender recommender = Recommender.load(model)) {
      List<Callable<Recommendation>> questions = new ArrayList<>();
      List<Recommendation> sequential = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        List<SessionEvent> events = clicks(i % ITEMS, (i * 7) % ITEMS, (i * i) % ITEMS);
        sequential.add(recommender.recommend(events, TOP));
        questions.add(() -> recommender.recommend(events, TOP));
      }
      List<Recommendation> concurrent = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Recommendation> answer : threads.invokeAll(questions)) {
          concurrent.add(answer.get());
        }
      }
      assertThat(concurrent).isEqualTo(sequential);
    }
  }

  @Test
  void evaluationStandsBesideBaselinesAndDoesNotDependOnThreads() {
    try (Backend backend = Backends.open(BackendChoice.AUTO);
        TrainedModel trained = TrainedModel.read(model, backend)) {
      Evaluator evaluator = new Evaluator(1, 5).withBuffer(20 * ITEMS);
      EvaluationReport report = evaluator.evaluate(trained, Logs.cycles(ITEMS, 60, 2));
      assertThat(report.recall())
          .hasEntrySatisfying(1, recall -> assertThat(recall).isGreaterThan(0.95));
      assertThat(report.baselines())
          .containsOnlyKeys(
              "popularity",
              "recent-popularity",
              "session-popularity",
              "markov",
              "sequential-rules",
              "item-knn",
              "vsknn",
              "stan",
              "vstan",
              "content");
      assertThat(report.popularity())
          .hasEntrySatisfying(5, mean -> assertThat(mean).isBetween(30.0, 80.0));
      EvaluationReport again =
          evaluator.withThreads(1).evaluate(trained, Logs.cycles(ITEMS, 60, 2));
      assertThat(again)
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(".*seconds")
          .isEqualTo(report);
    }
  }

  @Test
  void aDamagedModelIsRefused() throws IOException {
    Path damaged = folder.resolve("damaged");
    Files.createDirectories(damaged);
    assertThatThrownBy(() -> Recommender.load(damaged))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not a model directory");
  }

  private static List<SessionEvent> clicks(int... items) {
    List<SessionEvent> events = new ArrayList<>();
    for (int item : items) {
      events.add(SessionEvent.click(Logs.id(item)));
    }
    return events;
  }
}
