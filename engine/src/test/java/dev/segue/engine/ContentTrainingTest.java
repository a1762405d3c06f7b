package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.engine.random.SeededRandom;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models whose item vectors are made of content. People in the log stay with one of four genres;
/// of each genre the last two items occur in no session.
class ContentTrainingTest {
  private static final List<String> GENRES = List.of("Crime", "Western", "Romance", "Horror");
  private static final int OF_A_GENRE = 10;
  private static final int SEEN = 8;
  private static final Catalogue CATALOGUE = catalogue();

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.AUTO);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  private static String id(String genre, int number) {
    return "Movie_%s %d".formatted(genre, number);
  }

  private static Catalogue catalogue() {
    List<Item> items = new ArrayList<>();
    for (String genre : GENRES) {
      for (int i = 0; i < OF_A_GENRE; i++) {
        items.add(SmallItems.item(id(genre, i), 50, genre, "Somebody " + i, ""));
      }
    }
    return Catalogue.of(items);
  }

  private static SessionLog log(int items, int sessions, long seed) {
    SeededRandom random = new SeededRandom(seed, 0);
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < sessions; session++) {
      String genre = GENRES.get(random.nextInt(GENRES.size()));
      for (int i = 0; i < 5; i++) {
        builder.add(
            "s" + session, id(genre, random.nextInt(items)), session * 1000L + i, "Clicked", -1);
      }
    }
    return builder.build();
  }

  private static Settings settings(String... changes) {
    Settings settings =
        Training.settings(
            "hidden", "16", "embedding", "16", "tied", "true", "rate", "0.02", "epochs", "6");
    settings = settings.with("content", "features");
    for (int i = 0; i < changes.length; i += 2) {
      settings = settings.with(changes[i], changes[i + 1]);
    }
    return settings;
  }

  private static TrainingRequest request(SessionLog log, Settings settings, Path output) {
    return new TrainingRequest(log, CATALOGUE, settings, output, false, Map.of());
  }

  private Path train(String... changes) {
    Path model = folder.resolve("model");
    Training.train(backend, request(log(SEEN, 300, 1), settings(changes), model));
    return model;
  }

  /// Cold items stand above all items of other genres, so they are among the first ten.
  @ParameterizedTest
  @CsvSource({
    "packed, cross-entropy, true, 0",
    "session-parallel, cross-entropy, true, 0",
    "packed, sampled-softmax, true, 0.3",
    "packed, bpr-max, true, 0",
    "packed, cross-entropy, false, 0.3"
  })
  void itemsThatTrainingHadNotAreRankedByTheirContent(
      String batching, String loss, boolean tied, String dropout) {
    Path directory =
        train("batching", batching, "loss", loss, "tied", "" + tied, "dropout-id", dropout);
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      assertThat(model.trainedItems()).isEqualTo(SEEN * GENRES.size());
      assertThat(model.gru().vocabularySize()).isEqualTo(CATALOGUE.size());
      int good = 0;
      for (String genre : GENRES) {
        ModelState state = model.gru().start();
        for (int i = 0; i < 3; i++) {
          state.add(new ModelEvent(model.items().indexOf(id(genre, i)), "Clicked", -1));
        }
        for (int item : state.top(OF_A_GENRE, new int[0], null).items()[0]) {
          good += model.items().item(item).genres().contains(genre) ? 1 : 0;
        }
      }
      assertThat(good).as("of %d", CATALOGUE.size()).isGreaterThan(36);
    }
  }

  @Test
  void anIdAloneCannotRankThem() {
    Path model = folder.resolve("model");
    Settings none = settings("content", "none");
    Training.train(backend, request(log(SEEN, 300, 1), none, model));
    assertThat(model.resolve("content.safetensors")).doesNotExist();
    try (TrainedModel trained = TrainedModel.read(model, backend)) {
      assertThat(trained.gru().vocabularySize()).isEqualTo(SEEN * GENRES.size());
      assertThat(trained.trainedItems()).isEqualTo(SEEN * GENRES.size());
    }
  }

  @Test
  void aSessionOfColdItemsIsAnsweredByTheModel() {
    Path directory = train();
    try (Recommender recommender = Recommender.load(directory)) {
      assertThat(recommender.description()).contains("32 items and 8 cold ones");
      List<SessionEvent> events = List.of(SessionEvent.click(id("Horror", 9)));
      Recommendation answer = recommender.recommend(events, RecommendationQuery.top(5));
      assertThat(answer.model()).isEqualTo("gru");
      assertThat(answer.items())
          .allSatisfy(scored -> assertThat(scored.item().genres()).containsExactly("Horror"));
      assertThat(recommender.similarByModel(id("Horror", 9), 3, Set.of()).within()).isNotEmpty();
    }
  }

  @Test
  void anEvaluationCountsThemAsKnown() {
    Path directory = train();
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      EvaluationReport report = new Evaluator(20).evaluate(model, log(OF_A_GENRE, 100, 2));
      assertThat(report.unknownTargets()).isZero();
      assertThat(report.recall().getOrDefault(20, 0.0)).isGreaterThan(0.95);
      assertThat(report.baselines()).containsKeys("popularity", "content", "vstan");
    }
  }

  @Test
  void targetsAreTrainedOrCold() {
    Path directory = train();
    SessionLog log = log(OF_A_GENRE, 100, 2);
    long cold = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      for (int event = log.start(session) + 1; event < log.end(session); event++) {
        String id = log.items().id(log.item(event));
        cold += Integer.parseInt(id.substring(id.length() - 1)) >= SEEN ? 1 : 0;
      }
    }
    assertThat(cold).isPositive();
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      Evaluator evaluator = new Evaluator(20);
      EvaluationScope of = new EvaluationScope(EvaluationScope.Targets.COLD, false);
      EvaluationReport coldOnes = evaluator.withScope(of).evaluate(model, log);
      assertThat(coldOnes.predictions()).isEqualTo(cold);
      assertThat(coldOnes.recall().getOrDefault(20, 0.0)).isGreaterThan(0.9);
      EvaluationReport popular = Objects.requireNonNull(coldOnes.baselines().get("popularity"));
      assertThat(popular.recall().getOrDefault(20, 1.0)).isZero();
      of = new EvaluationScope(EvaluationScope.Targets.TRAINED, false);
      assertThat(evaluator.withScope(of).evaluate(model, log).predictions()).isEqualTo(400 - cold);
    }
  }

  @ParameterizedTest
  @CsvSource({"packed, cross-entropy", "packed, bpr-max", "session-parallel, sampled-softmax"})
  void aResumedRunEndsWithTheSameBytes(String batching, String loss) throws IOException {
    Settings settings =
        settings("batching", batching, "loss", loss, "dropout-id", "0.2", "epochs", "3");
    Path straight = folder.resolve("straight");
    Training.train(backend, request(log(SEEN, 60, 1), settings, straight));

    TrainingRequest request = request(log(SEEN, 60, 1), settings, folder.resolve("model"));
    TrainingResult stopped = new Trainer(backend).train(request, Training.stoppingAfter(9));
    assertThat(stopped.interrupted()).isTrue();
    assertThatThrownBy(() -> TrainedModel.read(folder.resolve("model.checkpoint"), backend))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "the checkpoint of a model with content, expected a finished model: resume its"
                + " training");
    Training.train(backend, Training.resumed(request));
    for (String file : List.of("weights.safetensors", "content.safetensors")) {
      assertThat(Files.readAllBytes(request.output().resolve(file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(straight.resolve(file)));
    }
  }

  private float[] scores(Path directory, String id) {
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      ModelState state = model.gru().start();
      state.add(new ModelEvent(model.items().indexOf(id), "Clicked", -1));
      float[] scores = new float[model.gru().vocabularySize()];
      state.scores(scores);
      float[] byCatalogue = new float[CATALOGUE.size()];
      for (int i = 0; i < byCatalogue.length; i++) {
        byCatalogue[i] = scores[model.items().indexOf(CATALOGUE.item(i).id())];
      }
      return byCatalogue;
    }
  }

  /// With a rate so small that nothing moves, what is left is what was taken over: cold items that
  /// the new log has keep the vectors that their content gave them.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aContinuedModelBeginsWithTheSameVectors(boolean tied) {
    Path from = train("tied", "" + tied);
    Settings still = settings("tied", "" + tied, "rate", "1e-12", "epochs", "1");
    Path second = folder.resolve("second");
    TrainingRequest request =
        new TrainingRequest(
            log(OF_A_GENRE, 200, 3), CATALOGUE, still, second, false, from, Map.of());
    TrainingResult result = Training.train(backend, request);
    assertThat(Objects.requireNonNull(result.continuation()).newItems()).isEqualTo(8);
    float[] before = scores(from, id("Crime", 3));
    float[] after = scores(second, id("Crime", 3));
    for (int i = 0; i < after.length; i++) {
      if (i % OF_A_GENRE < SEEN) {
        assertThat(after[i]).isCloseTo(before[i], within(1e-4f));
      }
    }
    try (TrainedModel model = TrainedModel.read(second, backend)) {
      assertThat(model.trainedItems()).isEqualTo(CATALOGUE.size());
    }
    assertThat(rank(after, id("Crime", 9))).isLessThanOrEqualTo(OF_A_GENRE);
  }

  private static long rank(float[] scores, String id) {
    float own = scores[CATALOGUE.indexOf(id)];
    int rank = 0;
    for (float score : scores) {
      rank += score >= own ? 1 : 0;
    }
    return rank;
  }

  @Test
  void aBlendRanksThemToo() {
    Path gru = train();
    Path blend = folder.resolve("blend");
    new Blender(backend, (model, done, total) -> {})
        .blend(
            new BlendRequest(gru, log(SEEN, 300, 1), NeighbourSettings.defaults("vstan"), blend));
    try (TrainedModel model = TrainedModel.read(blend, backend)) {
      assertThat(model.gru().name()).isEqualTo("blend");
      assertThat(model.gru().vocabularySize()).isEqualTo(CATALOGUE.size());
    }
  }

  @Test
  void theExportedNetworkHasAllItems() throws IOException {
    Path directory = train();
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      assertThat(model.writeOnnx(folder.resolve("model.onnx"), CATALOGUE.size())).hasSize(1);
    }
  }

  @Test
  void contentThatIsMissingOrDamagedIsRefusedWithTheReason() throws IOException {
    assertThatThrownBy(
            () -> Training.train(backend, Training.request(log(SEEN, 60, 1), settings(), folder)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "training: content=features: only ids are known of the items, expected a catalogue");
    Path directory = train();
    Path file = directory.resolve("content.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
    assertThatThrownBy(() -> TrainedModel.read(directory, backend))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("content.safetensors");
    assertThatThrownBy(() -> Settings.of(Map.of("dropout-id", "0.2")).checked())
        .hasMessage(
            "set: dropout-id: has no meaning here, expected content=features with it, got"
                + " dropout-id=0.2");
  }
}
