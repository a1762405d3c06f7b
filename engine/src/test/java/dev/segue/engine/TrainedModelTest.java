package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedModelTest {
  private static final SessionLog LOG = Logs.cycles(6, 40, 1);
  private static final Item COLD =
      new Item(
          "Book_Cold",
          "Cold",
          "Book",
          List.of("Sci-Fi", "a, b"),
          "Line one\nline \"two\"",
          3.25,
          "Someone",
          "2001");

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.SCALAR);
  private Path directory;

  @BeforeEach
  void train() {
    directory = folder.resolve("model");
    List<Item> items = new ArrayList<>(List.of(COLD));
    LOG.items().ids().forEach(id -> items.add(Item.ofId(id)));
    Training.train(
        backend,
        new TrainingRequest(
            LOG,
            Catalogue.of(items),
            Training.settings("epochs", "1", "validation", "0"),
            directory,
            false,
            Map.of("sessions.sha256", "abc")));
  }

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  @Test
  void everythingThatWasTrainedIsReadBack() throws IOException {
    try (TrainedModel model = TrainedModel.read(directory, backend);
        Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.json",
              "weights.safetensors",
              "neighbours.safetensors",
              "items.jsonl",
              "report.json",
              "MANIFEST");
      assertThat(model.settings()).isEqualTo(Training.settings("epochs", "1", "validation", "0"));
      assertThat(model.items().size()).isEqualTo(7);
      assertThat(model.items().item(6)).as("the cold item comes last").isEqualTo(COLD);
      assertThat(model.gru().vocabularySize()).isEqualTo(6);
      JsonNode provenance = model.config().path("provenance");
      assertThat(provenance.path("sessions.sha256").asText()).isEqualTo("abc");
      assertThat(provenance.path("segue").asText()).matches("\\d+\\..*");
      assertThat(provenance.path("seed").asLong()).isEqualTo(42);
      assertThat(provenance.path("backend").asText()).startsWith("scalar");
      assertThat(model.report().path("epochs")).hasSize(1);
      assertThat(model.report().path("epochs").path(0).path("validationLoss").isNull()).isTrue();
    }
  }

  @Test
  void statisticsCountEventsAndSuccessions() {
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      TrainingStatistics statistics = model.statistics();
      assertThat(Arrays.stream(statistics.support()).sum()).isEqualTo(LOG.eventCount());
      assertThat(Arrays.stream(statistics.counts()).sum())
          .isEqualTo(LOG.eventCount() - LOG.sessionCount());
      for (int item = 0; item < 6; item++) {
        int number = Integer.parseInt(model.items().item(item).title());
        int first = statistics.transitionOffsets()[item];
        assertThat(statistics.transitionOffsets()[item + 1] - first).isEqualTo(1);
        assertThat(model.items().item(statistics.successors()[first]).title())
            .isEqualTo("" + (number + 1) % 6);
      }
    }
  }

  @Test
  void thePastSessionsOfTrainingAnswerBesideTheModel() {
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      assertThat(model.index()).isNotNull();
      assertThat(Baselines.of(model))
          .extracting(SessionModel::name)
          .contains("recent-popularity", "item-knn", "vsknn", "stan", "vstan");
      EvaluationReport report = new Evaluator(3).withLatency(10).evaluate(model, LOG);
      assertThat(report.baselines().getOrDefault("vstan", report).recall().get(3))
          .isGreaterThan(0.9);
      PredictionLatency latency = Objects.requireNonNull(report.latency());
      assertThat(latency.predictions()).isEqualTo(10);
      assertThat(latency.p50Millis()).isPositive().isLessThanOrEqualTo(latency.p90Millis());
      assertThat(latency.p90Millis()).isLessThanOrEqualTo(latency.p99Millis());
      assertThat(report.toJson()).contains("\"latencyMillis\"");
    }
  }

  @Test
  void aModelWithoutPastSessionsHasFewerBaselines() throws IOException {
    Files.delete(directory.resolve("neighbours.safetensors"));
    Manifest.write(directory, ModelFiles.ALL);
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      assertThat(Baselines.of(model))
          .extracting(SessionModel::name)
          .containsExactly("popularity", "session-popularity", "markov", "content");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "weights.safetensors",
        "neighbours.safetensors",
        "items.jsonl",
        "report.json"
      })
  void aFileThatIsMissingTruncatedOrEditedIsRefused(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] bytes = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(
        "%s is truncated, expected %d bytes, got %d"
            .formatted(name, bytes.length, bytes.length - 1));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertRefused(name + " was changed after it was written: its CRC-32C differs");
    Files.delete(file);
    assertRefused(name + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "weights.safetensors", "items.jsonl"})
  void aModelWithoutCrcsIsCheckedBySha256(String name) throws IOException {
    Path manifest = directory.resolve("MANIFEST");
    String text = Files.readString(manifest);
    Files.writeString(
        manifest,
        text.replace("manifest 2", "manifest 1").replaceAll("(# \\d+) [0-9a-f]{8} ", "$1 "));
    TrainedModel.read(directory, backend).close();
    byte[] bytes = Files.readAllBytes(directory.resolve(name));
    bytes[bytes.length / 2] ^= 1;
    Files.write(directory.resolve(name), bytes);
    assertRefused(name + " was changed after it was written: its SHA-256 differs");
  }

  /// Lines are parsed when their items are asked for, or all are.
  @Test
  void aLineThatIsWrongWithinIsNamedWhenItIsNeeded() throws IOException {
    Path file = directory.resolve("items.jsonl");
    Files.writeString(file, Files.readString(file).replace("Line one", "Line \\one"));
    Manifest.write(directory, ModelFiles.ALL);
    String message = "model: %s: items.jsonl: line 7: not JSON".formatted(directory);
    try (TrainedModel model = TrainedModel.read(directory, backend)) {
      assertThat(model.items().item(0).title()).isNotEmpty();
      assertThatThrownBy(() -> model.items().item(6))
          .isInstanceOf(ModelException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> model.items().items())
          .isInstanceOf(ModelException.class)
          .hasMessage(message);
    }
  }

  /// The manifest is made anew after each change, so that the check behind it has to notice.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          config.json | "formatVersion" : 1  | "formatVersion" : 2    | config.json: format version, expected 1, got 2
          config.json | "segue-model"        | "other-model"          | config.json: format, expected "segue-model", got "other-model"
          config.json | "kind" : "gru"       | "kind" : "other"       | config.json: kind, expected one of gru, blend, vstan, stan, vsknn, item-knn, sequential-rules, got "other"
          config.json | "vocabulary" : 6     | "vocabulary" : 8       | config.json: sizes, expected 1 <= vocabulary <= items, got 8 and 7
          config.json | "vocabulary" : 6     | "vocabulary" : 5       | weights.safetensors: statistics do not fit each other or 5 items
          config.json | "items" : 7          | "items" : 8            | items.jsonl: does not fit config.json, expected 8 items, got 7
          config.json | "hidden" : 6         | "hidden" : 7           | weights.safetensors: tensor gru.weight_ih_l0: expected F32 [21, 5], got F32 [18, 5]
          config.json | "layers" : 1         | "layers" : 2           | weights.safetensors: tensor gru.weight_ih_l1 is missing
          config.json | "hidden" : 6         | "hidden" : "wide"      | config.json: set: hidden: expected an integer 1 to 65536, got "wide"
          config.json | "layers" : 1         | "colour" : 1           | config.json: set: unknown key "colour"
          config.json | {                    | [                      | config.json: not JSON
          report.json | {                    | x                      | report.json: not JSON
          items.jsonl | "Item_ID":"Book_Cold" | "Item_ID":"Movie_0"   | items.jsonl: catalogue:
          items.jsonl | "Item_ID":"Book_Cold" | "Item":"Book_Cold"    | items.jsonl: line 7: Item_ID is missing
          items.jsonl | {"Item_ID":"Book_Cold" | {"Item_ID"           | items.jsonl: line 7: not JSON
          """)
  void filesThatDoNotFitAreRefused(String name, String from, String to, String message)
      throws IOException {
    Path file = directory.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
    Manifest.write(directory, ModelFiles.ALL);
    assertRefused(message);
  }

  @Test
  void weightsThatAreNoSafetensorsAreRefused() throws IOException {
    Files.writeString(directory.resolve("weights.safetensors"), "not at all tensors");
    Manifest.write(directory, ModelFiles.ALL);
    assertRefused("weights.safetensors: header length, expected 2 to 10, got ");
  }

  @Test
  void whatIsNoModelDirectoryIsRefused() throws IOException {
    Files.delete(directory.resolve("MANIFEST"));
    assertRefused("not a model directory, it has no MANIFEST");
    assertThatThrownBy(() -> TrainedModel.read(folder.resolve("absent"), backend))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "model: %s: no such directory, expected a model directory"
                .formatted(folder.resolve("absent")));
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> TrainedModel.read(directory, backend))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("model: %s: %s".formatted(directory, reason))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void itemsHaveTheUnifiedColumnsAndTheirSupport() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("items.jsonl"));
    JsonNode first = new ObjectMapper().readTree(lines.getFirst());
    assertThat(first.propertyStream().map(Map.Entry::getKey))
        .containsExactly(
            "Item_ID",
            "Title",
            "Genre",
            "Description",
            "Popularity",
            "Creator",
            "Timestamp",
            "Item_Type",
            "Support");
    assertThat(first.path("Support").asInt()).isPositive();
    assertThat(new ObjectMapper().readTree(lines.getLast()).path("Support").asInt()).isZero();
  }
}
