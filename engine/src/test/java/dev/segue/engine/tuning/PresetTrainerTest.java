package dev.segue.engine.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.SessionLog;
import dev.segue.engine.NeighbourSettings;
import dev.segue.engine.Settings;
import dev.segue.engine.TrainedModel;
import dev.segue.engine.random.SeededRandom;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetTrainerTest {
  private static final Settings GOOD =
      Settings.of(
          Map.of("embedding", "16", "hidden", "16", "rate", "0.02", "epochs", "8", "batch", "8"));
  private static final Settings USELESS = GOOD.with("rate", "0.0000001").with("epochs", "1");
  private static final NeighbourSettings VSTAN = NeighbourSettings.defaults("vstan");
  private static final NeighbourSettings ITEM_KNN = NeighbourSettings.defaults("item-knn");

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.SCALAR);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /// Sessions of an item and the one that belongs to it: past sessions say all there is to know.
  private static SessionLog pairs() {
    SeededRandom random = new SeededRandom(9, 0);
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < 300; session++) {
      int item = random.nextInt(30);
      builder.add("s" + session, "a" + item, session * 1000L, "", -1);
      builder.add("s" + session, "b" + item, session * 1000L + 1, "", -1);
    }
    return builder.build();
  }

  /// Walks of seven steps round a circle of 60 items, in either direction: where the walk came from
  /// says where it goes, which the last item alone does not.
  private static SessionLog walks() {
    SeededRandom random = new SeededRandom(9, 0);
    SessionLog.Builder builder = SessionLog.builder();
    for (int session = 0; session < 300; session++) {
      int item = random.nextInt(60);
      int step = random.nextInt(2) == 0 ? 1 : 59;
      for (int i = 0; i < 7; i++) {
        builder.add("s" + session, "i" + item, session * 1000L + i, "", -1);
        item = (item + step) % 60;
      }
    }
    return builder.build();
  }

  private PresetRequest request(Preset preset, boolean resume) {
    return request(walks(), preset, resume);
  }

  private PresetRequest request(SessionLog log, Preset preset, boolean resume) {
    return new PresetRequest(log, null, preset, folder.resolve("model"), resume, Map.of());
  }

  private static Preset preset(Settings gru, NeighbourSettings... neighbours) {
    return new Preset("test", "of a test", List.of(gru), List.of(neighbours), null, 1);
  }

  private PresetResult train(Preset preset) {
    return new PresetTrainer(backend, new PresetListener() {}).train(request(preset, false));
  }

  @Test
  void whereNeighboursWinTheModelIsOneOfThemOfAllSessions() {
    PresetResult result =
        new PresetTrainer(backend, new PresetListener() {})
            .train(request(pairs(), preset(USELESS, VSTAN), false));

    assertThat(result.kind()).isEqualTo("vstan");
    assertThat(result.weight()).isZero();
    try (TrainedModel model = TrainedModel.read(folder.resolve("model"), backend)) {
      assertThat(model.gru().name()).isEqualTo("vstan");
      assertThat(model.report().path("trainSessions").asInt()).isEqualTo(300);
      assertThat(model.config().path("provenance").path("preset").asText()).isEqualTo("test");
    }
    assertThat(folder.resolve("model.work")).doesNotExist();
  }

  @Test
  void whereTheGruWinsItIsTrainedAnewOnAllSessions() {
    List<String> told = new ArrayList<>();
    PresetListener listener =
        new PresetListener() {
          @Override
          public void measured(String model, double recall, double mrr) {
            assertThat(recall).isBetween(0.0, 1.0);
            told.add(model.split(" ", 2)[0]);
          }
        };

    PresetResult result =
        new PresetTrainer(backend, listener).train(request(preset(GOOD, ITEM_KNN), false));

    assertThat(told).containsExactly("item-knn", "gru", "item-knn");
    assertThat(result.weight()).isGreaterThan(0);
    try (TrainedModel model = TrainedModel.read(folder.resolve("model"), backend)) {
      assertThat(model.gru().name()).isEqualTo(result.kind()).isIn("gru", "blend");
      assertThat(model.settings().validation()).isZero();
      assertThat(model.report().path("trainSessions").asInt()).isEqualTo(300);
      assertThat(model.report().path("validationSessions").asInt()).isZero();
    }
  }

  @Test
  void aWeightThatIsGivenNeedsNoValidation() {
    Preset given =
        new Preset(
            "test", "of a test", List.of(GOOD.with("validation", "0")), List.of(VSTAN), 0.3, 4);

    PresetResult result = train(given);

    assertThat(result.kind()).isEqualTo("blend");
    try (TrainedModel model = TrainedModel.read(folder.resolve("model"), backend)) {
      assertThat(model.config().path("blend").path("weight").asDouble()).isEqualTo(0.3);
      assertThat(model.config().path("blend").path("sharpness").asDouble()).isEqualTo(4);
      assertThat(model.report().path("epochs")).hasSize(8);
    }
    assertThat(train(given.only("gru")).kind()).isEqualTo("gru");
    assertThat(train(given.only("vstan")).kind()).isEqualTo("vstan");
    assertThatThrownBy(() -> given.only("stan"))
        .hasMessage("preset: test has no stan, expected gru or one of its [vstan]");
  }

  @Test
  void anInterruptedCallGoesOnToTheSameWeights() throws IOException {
    Preset preset = preset(GOOD, ITEM_KNN);
    train(preset);
    byte[] straight = Files.readAllBytes(folder.resolve("model/weights.safetensors"));

    int interruptions = 0;
    boolean resume = false;
    while (new PresetTrainer(backend, stoppingAfter(150))
        .train(request(preset, resume))
        .interrupted()) {
      interruptions++;
      resume = true;
    }

    assertThat(interruptions).isGreaterThan(2);
    assertThat(folder.resolve("model/weights.safetensors")).hasBinaryContent(straight);
    assertThat(folder.resolve("model.work")).doesNotExist();
  }

  private static PresetListener stoppingAfter(int batches) {
    return new PresetListener() {
      private int done;

      @Override
      public void progressed(Progress progress) {
        done++;
      }

      @Override
      public boolean stopRequested() {
        return done >= batches;
      }
    };
  }

  static List<String> names() {
    return Preset.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetThatComesWithSegueFitsTogether(String name) {
    Preset preset = Preset.of(name);

    assertThat(preset.description()).isNotBlank();
    assertThat(preset.grus()).isNotEmpty();
    assertThat(preset.neighbours()).isNotEmpty();
    if (preset.weight() != null) {
      assertThat(preset.weight()).isBetween(0.0, 1.0);
      assertThat(preset.grus()).hasSize(1);
      assertThat(preset.grus().getFirst().validation()).isZero();
    }
  }
}
