package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.SessionLog;
import dev.segue.engine.random.SeededRandom;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models that take dwell times and actions. In the log a long look at the hub leads to one item
/// and a short one to another, and so do two actions at the second hub.
class InputsTrainingTest {
  private static final String BOTH = "item+dwell+action";

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.AUTO);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  private static SessionLog log(int sessions, long seed) {
    SeededRandom random = new SeededRandom(seed, 0);
    SessionLog.Builder builder = SessionLog.builder();
    for (int s = 0; s < sessions; s++) {
      boolean isLong = random.nextInt(2) == 0;
      boolean isSearch = random.nextInt(2) == 0;
      builder.add("s" + s, "Movie_hub", s * 1000L, "Clicked", isLong ? 60_000 : 1000);
      builder.add("s" + s, isLong ? "Movie_a" : "Movie_b", s * 1000L + 1, "Clicked", -1);
      builder.add("s" + s, "Book_hub", s * 1000L + 2, isSearch ? "Searched" : "Clicked", -1);
      builder.add("s" + s, isSearch ? "Book_c" : "Book_d", s * 1000L + 3, "Clicked", 5000);
    }
    return builder.build();
  }

  private static Settings settings(String inputs, String... more) {
    Settings settings =
        Training.settings("epochs", "12", "rate", "0.03", "inputs", inputs, "hidden", "8");
    for (int i = 0; i < more.length; i += 2) {
      settings = settings.with(more[i], more[i + 1]);
    }
    return settings;
  }

  private Path train(Settings settings) {
    Path model = folder.resolve("model");
    Training.train(backend, Training.request(log(200, 1), settings, model));
    return model;
  }

  /// Of four targets in a session of four events one is open without the dwell, one without the
  /// action; ranks are 1 where the model knows and 1 or 2 where it has to guess.
  private double recallAt1(Path directory) {
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      EvaluationReport report = new Evaluator(1).evaluate(model, log(100, 2));
      return report.recall().getOrDefault(1, 0.0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "packed, cross-entropy",
    "session-parallel, cross-entropy",
    "packed, sampled-softmax",
    "packed, bpr-max"
  })
  void theModelTellsApartWhatOnlyDwellAndActionTellApart(String batching, String loss) {
    assertThat(recallAt1(train(settings(BOTH, "batching", batching, "loss", loss))))
        .isGreaterThan(0.99);
  }

  @ParameterizedTest
  @CsvSource({"item, 0.55, 0.85", "item+dwell, 0.75, 0.93", "item+action, 0.75, 0.93"})
  void withoutThemItHasToGuess(String inputs, double low, double high) {
    assertThat(recallAt1(train(settings(inputs)))).isBetween(low, high);
  }

  @Test
  void eventByEventTheScoresAreThoseOfTheEvaluation() {
    Path directory = train(settings(BOTH));
    ModelEvent[][] sessions = {
      {
        new ModelEvent(0, "Clicked", 60_000),
        new ModelEvent(1, "Searched", -1),
        new ModelEvent(2, "Bought", 3000),
        new ModelEvent(3, "Clicked", 0)
      },
      {new ModelEvent(2, "Searched", 1), new ModelEvent(1, "Clicked", 1)}
    };
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      int items = model.gru().vocabularySize();
      model
          .gru()
          .scoreTargets(
              sessions,
              (session, position, scores, offset) -> {
                ModelState state = model.gru().start();
                for (int i = 0; i < position; i++) {
                  state.add(sessions[session][i]);
                }
                float[] own = new float[items];
                state.scores(own);
                for (int item = 0; item < items; item++) {
                  assertThat(scores[offset + item]).isCloseTo(own[item], within(1e-4f));
                }
              });
    }
  }

  @Test
  void aLiveSessionAnswersByDwellLikeAStatelessQuestion() {
    Path directory = train(settings(BOTH));
    try (Recommender recommender = Recommender.load(directory)) {
      for (long dwell : new long[] {60_000, 1000}) {
        List<SessionEvent> events = List.of(new SessionEvent("Movie_hub", "Clicked", dwell, -1));
        SessionState live = recommender.newSession();
        live.add(events.getFirst());
        List<ScoredItem> answer = live.recommend(RecommendationQuery.top(3)).items();
        assertThat(answer.getFirst().item().id()).isEqualTo(dwell > 9000 ? "Movie_a" : "Movie_b");
        assertThat(recommender.recommend(events, RecommendationQuery.top(3)).items())
            .isEqualTo(answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"packed", "session-parallel"})
  void anInterruptedRunEndsWithTheSameBytes(String batching) {
    Settings settings = settings(BOTH, "epochs", "2", "batching", batching);
    Path whole = train(settings);
    TrainingRequest parts = Training.request(log(200, 1), settings, folder.resolve("parts"));
    new Trainer(backend).train(parts, Training.stoppingAfter(9));
    assertThat(Training.train(backend, Training.resumed(parts)).interrupted()).isFalse();
    assertThat(parts.output().resolve("weights.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("weights.safetensors"));
  }

  @Test
  void aContinuedModelKeepsItsActions() {
    Path first = train(settings(BOTH, "epochs", "2"));
    SessionLog later =
        SessionLog.builder()
            .add("n1", "Movie_hub", 1, "Bought", 9000)
            .add("n1", "Movie_new", 2, "Clicked", -1)
            .build();
    Settings settings = settings(BOTH, "epochs", "1", "validation", "0");
    Path second = folder.resolve("second");
    Training.train(
        backend, new TrainingRequest(later, null, settings, second, false, first, Map.of()));
    try (TrainedModel model = TrainedModel.read(second, backend)) {
      assertThat(model.codes().actions()).containsExactly("Clicked", "Searched");
      assertThat(model.gru().vocabularySize()).isEqualTo(7);
    }
    assertThatThrownBy(() ->
            Training.train(
                backend,
                new TrainingRequest(
                    later,
                    null,
                    settings("item", "validation", "0"),
                    folder.resolve("x"),
                    false,
                    first,
                    Map.of())))
        .hasMessageContaining("setting inputs differs: the model has item+dwell+action");
  }

  @Test
  void aLogWithoutDwellIsRefused() {
    assertThatThrownBy(() ->
            Training.train(
                backend,
                Training.request(
                    Logs.cycles(9, 30, 1), settings("item+dwell"), folder.resolve("x"))))
        .isInstanceOf(ModelException.class)
        .hasMessage("training: inputs=item+dwell: the sessions have no dwell times, expected some");
  }

  @Test
  void aModelWithSuchInputsHasNoOnnxForm() throws IOException {
    Path directory = train(settings("item+action", "epochs", "1"));
    assertThat(Files.readString(directory.resolve("config.json"))).contains("\"actions\"");
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      assertThatThrownBy(() -> model.writeOnnx(folder.resolve("model.onnx"), 0))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("export: the model takes dwell times or actions as input");
    }
  }
}
