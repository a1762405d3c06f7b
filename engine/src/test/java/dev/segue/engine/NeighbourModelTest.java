package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.SessionLog;
import dev.segue.engine.files.Manifest;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourModelTest {
  private static final SessionLog LOG = Logs.cycles(9, 120, 3);

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.SCALAR);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  static List<String> kinds() {
    return NeighbourSettings.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindIsWrittenReadAndKnowsWhatFollows(String kind) {
    try (TrainedModel model = TrainedModel.read(train(kind, "model"), backend)) {
      assertThat(model.gru().name()).isEqualTo(kind);
      assertThat(model.config().path("kind").asText()).isEqualTo(kind);
      assertThat(model.config().path("provenance").path("source").asText()).isEqualTo("a test");
      assertThat(Arrays.stream(model.statistics().support()).sum()).isEqualTo(LOG.eventCount());
      Set<String> near = Set.of(Logs.id(5), Logs.id(6), Logs.id(7), Logs.id(2), Logs.id(3));
      int[] best =
          after(model, 4).top(3, new int[] {model.items().indexOf(Logs.id(4))}, null).items()[0];
      assertThat(IntStream.of(best).mapToObj(i -> model.items().item(i).id())).isSubsetOf(near);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theSameLogGivesTheSameBytes(String kind) throws IOException {
    assertThat(train(kind, "one").resolve("neighbours.safetensors"))
        .hasSameBinaryContentAs(train(kind, "other").resolve("neighbours.safetensors"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theRecommenderAnswersFromIt(String kind) {
    try (Recommender recommender = Recommender.load(train(kind, "model"))) {
      Recommendation answer =
          recommender.recommend(
              List.of(SessionEvent.click(Logs.id(4))), RecommendationQuery.top(8));
      assertThat(answer.model()).isEqualTo(kind);
      assertThat(answer.items()).hasSize(8);
      assertThat(answer.items()).extracting(scored -> scored.item().id()).doesNotHaveDuplicates();
      assertThat(recommender.description()).startsWith(kind + ", 9 items");
      assertThat(recommender.similar(Logs.id(4), 3, Set.of()).item().id()).isEqualTo(Logs.id(4));
    }
  }

  @Test
  void theEvaluatorPutsTheOtherMethodsBesideIt() {
    try (TrainedModel model = TrainedModel.read(train("vstan", "model"), backend)) {
      EvaluationReport report = new Evaluator(1, 5).evaluate(model, Logs.cycles(9, 30, 4));
      assertThat(report.model()).isEqualTo("vstan");
      assertThat(report.baselines().keySet())
          .containsExactly(
              "popularity",
              "recent-popularity",
              "session-popularity",
              "markov",
              "sequential-rules",
              "item-knn",
              "vsknn",
              "stan",
              "content");
    }
  }

  @Test
  void repeatsAreAFactorOfTheSessionsOwnItems() {
    try (TrainedModel model = TrainedModel.read(train("vstan", "model"), backend)) {
      float[] plain = scores(model, "1");
      float[] doubled = scores(model, "2");
      float[] never = scores(model, "0");
      int own = model.items().indexOf(Logs.id(4));
      for (int item = 0; item < 9; item++) {
        assertThat(doubled[item]).isEqualTo(item == own ? 2 * plain[item] : plain[item]);
        assertThat(never[item]).isEqualTo(item == own ? 0 : plain[item]);
      }
      assertThat(plain[own]).isPositive();
    }
  }

  private static float[] scores(TrainedModel model, String repeats) {
    NeighbourSettings settings = NeighbourSettings.defaults("vstan").with("repeats", repeats);
    ModelState state =
        NeighbourModel.of(settings, Objects.requireNonNull(model.index()), model.items()).start();
    state.add(new ModelEvent(model.items().indexOf(Logs.id(4)), "Clicked", -1));
    float[] scores = new float[9];
    state.scores(scores);
    return scores;
  }

  @Test
  void whereNothingButTheSessionIsKnownABlendAddsNothing() {
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < 9; session++) {
      builder.add("s" + session, Logs.id(session), session * 10L, "", -1);
      builder.add("s" + session, Logs.id(session), session * 10L + 1, "", -1);
    }
    Path output = folder.resolve("alone");
    NeighbourSettings never = NeighbourSettings.defaults("vstan").with("repeats", "0");
    new NeighbourTrainer()
        .train(new NeighbourRequest(builder.build(), null, never, output, Map.of()));
    try (TrainedModel model = TrainedModel.read(output, backend)) {
      NeighbourModel.State state = ((NeighbourModel) model.gru()).start();
      state.add(new ModelEvent(2, "Clicked", -1));
      float[] out = new float[9];
      state.addShares(0.5, out);
      assertThat(out).containsOnly(0f);
    }
  }

  @Test
  void beforeTheFirstEventPopularityAnswers() {
    try (TrainedModel model = TrainedModel.read(train("vstan", "model"), backend)) {
      float[] scores = new float[9];
      model.gru().start().scores(scores);
      int[] support = model.index() == null ? new int[9] : model.index().columns().support();
      for (int i = 0; i < 9; i++) {
        assertThat(scores[i]).isBetween(-1f, 0f);
        for (int j = 0; j < 9; j++) {
          assertThat(scores[i] < scores[j]).isEqualTo(support[i] < support[j]);
        }
      }
    }
  }

  @Test
  void aRepeatedItemMovesToTheEndAndCountsOnce() {
    try (TrainedModel model = TrainedModel.read(train("vstan", "model"), backend)) {
      assertThat(scores(after(model, 1, 2, 3, 1))).isEqualTo(scores(after(model, 2, 3, 1)));
      assertThat(scores(after(model, 1, 2))).isNotEqualTo(scores(after(model, 2, 1)));
    }
  }

  @Test
  void onlyTheLastItemsOfALongSessionCount() {
    NeighbourSettings three = NeighbourSettings.defaults("vstan").with("max-length", "3");
    try (TrainedModel model = TrainedModel.read(train(three, "model"), backend)) {
      int[] endless = IntStream.range(0, 100_000).map(i -> i % 9).toArray();
      assertThat(scores(after(model, endless))).isEqualTo(scores(after(model, 7, 8, 0)));
    }
  }

  @Test
  void anItemBeyondTheModelIsRefused() {
    try (TrainedModel model = TrainedModel.read(train("stan", "model"), backend)) {
      for (int item : new int[] {-1, 9}) {
        assertThatThrownBy(() -> model.gru().start().add(new ModelEvent(item, "Clicked", -1)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("stan: item the model does not know, expected 0 to 8, got " + item);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "neighbours.safetensors", "items.jsonl", "report.json"})
  void aDamagedFileIsRefused(String name) throws IOException {
    Path directory = train("vstan", "model");
    Path file = directory.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(directory, name + " is truncated");
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertRefused(directory, name + " was changed after it was written");
    Files.delete(file);
    assertRefused(directory, name + " is missing");
  }

  /// The manifest is made anew, so that the check behind it has to notice.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json | \"kind\" : \"vstan\" | \"kind\" : \"gru\" | set: unknown key \"k\"",
        "config.json | \"kind\" : \"vstan\" | \"kind\" : \"knn\" | kind, expected one of gru,"
            + " blend, vstan, stan, vsknn, item-knn, sequential-rules, got \"knn\"",
        "config.json | \"idf\" : 1.0 | \"idf\" : -1.0 | set: idf: expected a number from 0.0, got"
            + " \"-1.0\"",
        "config.json | \"vocabulary\" : 9 | \"vocabulary\" : 8 | statistics do not fit each other"
            + " or 8 items",
      })
  void aFileThatDoesNotFitTheOthersIsRefused(String name, String from, String to, String reason)
      throws IOException {
    Path directory = train("vstan", "model");
    Path file = directory.resolve(name);
    Files.writeString(file, Files.readString(file).replace(from, to));
    Manifest.write(directory, ModelFiles.OF_NEIGHBOURS);
    assertRefused(directory, reason);
  }

  @Test
  void aManifestWithoutTheIndexIsRefused() throws IOException {
    Path directory = train("vstan", "model");
    Manifest.write(directory, ModelFiles.COMMON);
    assertRefused(directory, "MANIFEST does not list neighbours.safetensors");
  }

  @Test
  void anIndexWhoseColumnsDoNotFitIsRefused() throws IOException {
    Path directory = train("vstan", "model");
    Path file = directory.resolve(ModelFiles.NEIGHBOURS);
    byte[] bytes = Files.readAllBytes(file);
    // A bound below 0; the header of the file stays right.
    int header = 8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    bytes[header + 3] = (byte) 0x80;
    Files.write(file, bytes);
    Manifest.write(directory, ModelFiles.OF_NEIGHBOURS);
    assertRefused(directory, "session index: columns do not fit each other");
  }

  @Test
  void settingsAreCheckedByModel() {
    NeighbourSettings vstan = NeighbourSettings.defaults("vstan");
    assertThat(vstan.with("position", "linear").with("match", " 1.50 ").asMap())
        .containsEntry("position", "linear")
        .containsEntry("match", "1.5");
    assertThatThrownBy(() -> vstan.with("positon", "1"))
        .hasMessageStartingWith("set: unknown key \"positon\", did you mean \"position\"?");
    assertThatThrownBy(() -> vstan.with("position", "0"))
        .hasMessage(
            "set: position: expected none, linear, quadratic, reciprocal or a number above 0, got"
                + " \"0\"");
    assertThatThrownBy(() -> vstan.with("k", "0"))
        .hasMessageContaining("set: k: expected an integer 1");
    assertThatThrownBy(() -> NeighbourSettings.defaults("item-knn").with("idf", "1"))
        .hasMessageContaining("known keys: sample, max-length, regularisation");
    assertThatThrownBy(() -> NeighbourSettings.defaults("knn"))
        .hasMessageContaining("expected one of vstan, stan, vsknn, item-knn, sequential-rules");
    NeighbourSettings changed = vstan.with("distance", "none").with("recency", "7");
    assertThat(NeighbourSettings.fromJson("vstan", changed.toJson())).isEqualTo(changed);
  }

  private void assertRefused(Path directory, String reason) {
    assertThatThrownBy(() -> TrainedModel.read(directory, backend))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model: " + directory)
        .hasMessageContaining(reason);
  }

  private Path train(String kind, String name) {
    return train(NeighbourSettings.defaults(kind), name);
  }

  private Path train(NeighbourSettings settings, String name) {
    Path output = folder.resolve(name);
    NeighbourResult result =
        new NeighbourTrainer()
            .train(new NeighbourRequest(LOG, null, settings, output, Map.of("source", "a test")));
    assertThat(result.items()).isEqualTo(9);
    assertThat(result.sessions()).isEqualTo(120);
    return output;
  }

  /// Returns the state after items by their place on the circle.
  private static ModelState after(TrainedModel model, int... items) {
    ModelState state = model.gru().start();
    for (int item : items) {
      state.add(new ModelEvent(model.items().indexOf(Logs.id(item)), "Clicked", -1));
    }
    return state;
  }

  private static float[] scores(ModelState state) {
    float[] scores = new float[9];
    state.scores(scores);
    return scores;
  }
}
