package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.SessionLog;
import dev.segue.engine.files.Manifest;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
      float[] logits = scores(alone.gru(), 0, 1);
      float[] past =
          scores(
              NeighbourModel.of(VSTAN, Objects.requireNonNull(blend.index()), blend.items()), 0, 1);
      float[] blended = scores(blend.gru(), 0, 1);
      double ofLogits = 0;
      double ofPast = 0;
      for (int i = 0; i < 9; i++) {
        ofLogits += Math.exp(logits[i]);
        ofPast += Math.max(0, past[i]);
      }
      for (int i = 0; i < 9; i++) {
        double expected =
            weight * Math.exp(logits[i]) / ofLogits + (1 - weight) * Math.max(0, past[i]) / ofPast;
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
