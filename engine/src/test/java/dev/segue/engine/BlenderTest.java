package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.engine.files.Manifest;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlenderTest {
  private static final SessionLog LOG = Logs.cycles(9, 120, 3);
  private static final NeighbourSettings VSTAN = NeighbourSettings.defaults("vstan");

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.SCALAR);
  private final Blender blender = new Blender(backend, (model, done, total) -> {});
  private Path gru = Path.of("");

  @BeforeEach
  void train() {
    gru = folder.resolve("gru");
    Training.train(backend, Training.request(LOG, Training.settings("epochs", "1"), gru));
  }

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  @Test
  void theBlendIsAModelLikeAnyOther() {
    BlendResult result = blend();
    assertThat(result.tried()).hasSize(11);
    assertThat(result.validationSessions()).isEqualTo(12);
    double best = quality(result, result.weight());
    assertThat(result.tried().keySet())
        .allSatisfy(weight -> assertThat(quality(result, weight)).isLessThanOrEqualTo(best));
    try (TrainedModel model = TrainedModel.read(folder.resolve("blend"), backend)) {
      assertThat(model.gru().name()).isEqualTo("blend");
      assertThat(model.config().path("blend").path("weight").asDouble()).isEqualTo(result.weight());
      assertThat(model.index()).isNotNull();
      EvaluationReport report = new Evaluator(20).evaluate(model, LOG);
      assertThat(report.baselines()).containsKeys("vstan", "markov");
    }
    try (Recommender recommender = Recommender.load(folder.resolve("blend"))) {
      assertThat(
              recommender
                  .recommend(List.of(SessionEvent.click(Logs.id(4))), RecommendationQuery.top(3))
                  .model())
          .isEqualTo("blend");
    }
  }

  @Test
  void scoresAreProbabilitiesOfBothInTheirParts() {
    blend();
    try (TrainedModel alone = TrainedModel.read(gru, backend);
        TrainedModel blend = TrainedModel.read(folder.resolve("blend"), backend)) {
      double weight = blend.config().path("blend").path("weight").asDouble();
      double sharpness = blend.config().path("blend").path("sharpness").asDouble();
      float[] logits = scores(alone.gru(), 0, 1);
      float[] past =
          scores(
              NeighbourModel.of(VSTAN, Objects.requireNonNull(blend.index()), blend.items()), 0, 1);
      float[] blended = scores(blend.gru(), 0, 1);
      double ofLogits = 0;
      double ofPast = 0;
      for (int i = 0; i < 9; i++) {
        ofLogits += Math.exp(sharpness * logits[i]);
        ofPast += Math.max(0, past[i]);
      }
      for (int i = 0; i < 9; i++) {
        double expected =
            weight * Math.exp(sharpness * logits[i]) / ofLogits
                + (1 - weight) * Math.max(0, past[i]) / ofPast;
        assertThat((double) blended[i]).isCloseTo(expected, within(1e-6));
      }
      double sum = 0;
      for (float score : scores(blend.gru())) {
        sum += score;
      }
      assertThat(sum).as("before the first event the GRU answers").isCloseTo(weight, within(1e-6));
    }
  }

  @Test
  void manySessionsAtOnceAreScoredAsOneByOne() {
    blend();
    ModelEvent[][] sessions = {events(0, 1, 2, 1), events(5, 6), events(3, 3, 4, 8, 7)};
    try (TrainedModel blend = TrainedModel.read(folder.resolve("blend"), backend)) {
      List<String> visited = new ArrayList<>();
      blend
          .gru()
          .scoreTargets(
              sessions,
              (session, position, scores, offset) -> {
                int[] items = new int[position];
                Arrays.setAll(items, i -> sessions[session][i].item());
                float[] alone = scores(blend.gru(), items);
                for (int i = 0; i < 9; i++) {
                  assertThat(scores[offset + i]).isCloseTo(alone[i], within(1e-6f));
                }
                visited.add(session + ":" + position);
              });
      assertThat(visited)
          .containsExactlyInAnyOrder("0:1", "0:2", "0:3", "1:1", "2:1", "2:2", "2:3", "2:4");
    }
  }

  private static ModelEvent[] events(int... items) {
    return Arrays.stream(items)
        .mapToObj(item -> new ModelEvent(item, "Clicked", -1))
        .toArray(ModelEvent[]::new);
  }

  /// Scores that are logarithms of the right probabilities, times a factor.
  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 2})
  void sharpnessIsWhatMakesScoresProbabilities(double factor) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < 100; session++) {
      builder.add("s" + session, Logs.id(0), session * 10L, "", -1);
      int next = session % 10 < 7 ? 1 : session % 10 < 9 ? 2 : 3;
      builder.add("s" + session, Logs.id(next), session * 10L + 1, "", -1);
    }
    float[] scores = new float[4];
    double[] probabilities = {1e-9, 0.7, 0.2, 0.1};
    for (int i = 0; i < 4; i++) {
      scores[i] = (float) (factor * Math.log(probabilities[i]));
    }

    double sharpness =
        Sharpness.fit(
            new TableModel(
                "table",
                Catalogue.of(IntStream.range(0, 4).mapToObj(i -> Item.ofId(Logs.id(i))).toList()),
                4,
                items -> scores),
            builder.build());

    assertThat(sharpness).isEqualTo(1 / factor);
  }

  @Test
  void otherSessionsAreRefused() {
    assertThatThrownBy(() ->
            blender.blend(
                new BlendRequest(gru, Logs.cycles(9, 120, 4), VSTAN, folder.resolve("blend"))))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "blend: %s was trained on other sessions, expected the same log".formatted(gru));
    assertThat(folder.resolve("blend")).doesNotExist();
  }

  @Test
  void aModelThatIsNoGruIsRefused() {
    blend();
    assertThatThrownBy(() ->
            blender.blend(
                new BlendRequest(folder.resolve("blend"), LOG, VSTAN, folder.resolve("again"))))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("expected a model of kind gru with past sessions, got blend");
  }

  @Test
  void aModelWithoutValidationIsRefused() {
    Path all = folder.resolve("all");
    Training.train(
        backend, Training.request(LOG, Training.settings("epochs", "1", "validation", "0"), all));
    assertThatThrownBy(
            () -> blender.blend(new BlendRequest(all, LOG, VSTAN, folder.resolve("blend"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("was trained without validation");
  }

  @Test
  void aWeightOutOfRangeIsRefused() throws IOException {
    blend();
    Path directory = folder.resolve("blend");
    Path config = directory.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replaceFirst("\"weight\" : [0-9.]+", "\"weight\" : 1.5"));
    Manifest.write(
        directory,
        List.of(
            "config.json",
            "weights.safetensors",
            "neighbours.safetensors",
            "items.jsonl",
            "report.json"));
    assertThatThrownBy(() -> TrainedModel.read(directory, backend))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("config.json: blend: weight, expected 0 to 1, got 1.5");
  }

  private BlendResult blend() {
    return blender.blend(new BlendRequest(gru, LOG, VSTAN, folder.resolve("blend")));
  }

  private static double quality(BlendResult result, double weight) {
    EvaluationReport report = Objects.requireNonNull(result.tried().get(weight));
    return report.recall().getOrDefault(20, 0.0) + report.mrr().getOrDefault(20, 0.0);
  }

  private static float[] scores(SessionModel model, int... items) {
    ModelState state = model.start();
    for (int item : items) {
      state.add(new ModelEvent(item, "Clicked", -1));
    }
    float[] scores = new float[9];
    state.scores(scores);
    return scores;
  }
}
