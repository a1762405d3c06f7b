package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.SessionLog;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Training, checkpoints and answers on the CUDA backend are those of the scalar backend.
class CudaTrainingTest {
  private static final SessionLog LOG = Logs.cycles(40, 60, 1);

  @TempDir Path folder;

  static final List<List<String>> SETTINGS =
      List.of(
          List.of("dropout-hidden", "0.3", "dropout-embedding", "0.2", "clip", "0.1"),
          List.of("layers", "2", "optimiser", "adagrad", "momentum", "0.3", "rate", "0.05"),
          List.of(
              "loss",
              "bpr-max",
              "tied",
              "true",
              "embedding",
              "6",
              "negatives",
              "12",
              "bpr-reg",
              "0.5"),
          List.of(
              "loss",
              "sampled-softmax",
              "tied",
              "true",
              "embedding",
              "6",
              "negatives",
              "12",
              "clip",
              "1"),
          List.of("batching", "session-parallel", "label-smoothing", "0.1"));

  @ParameterizedTest
  @FieldSource("SETTINGS")
  void reachesTheLossesOfTheScalarBackend(List<String> changes) {
    Settings settings = Training.settings(changes.toArray(String[]::new));
    List<EpochResult> expected = train(scalar(), settings, "scalar").epochs();
    List<EpochResult> actual = train(StandInGpu.open(), settings, "cuda").epochs();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      EpochResult mine = actual.get(i);
      EpochResult other = expected.get(i);
      assertThat(mine.trainLoss()).isCloseTo(other.trainLoss(), within(1e-4 * other.trainLoss()));
      assertThat(mine.validationLoss())
          .isCloseTo(other.validationLoss(), within(1e-4 * other.validationLoss()));
    }
  }

  private TrainingResult train(Backend backend, Settings settings, String name) {
    try (backend) {
      return Training.train(backend, Training.request(LOG, settings, folder.resolve(name)));
    }
  }

  private static Backend scalar() {
    return Backends.open(BackendChoice.SCALAR);
  }

  @Test
  void theSameSeedGivesTheSameBytesAlsoAfterAnInterruption() throws IOException {
    Settings settings = Training.settings("dropout-hidden", "0.3", "batching", "session-parallel");
    train(StandInGpu.open(), settings, "once");
    train(StandInGpu.open(), settings, "again");
    TrainingRequest request = Training.request(LOG, settings, folder.resolve("interrupted"));
    try (Backend backend = StandInGpu.open()) {
      TrainingResult stopped = new Trainer(backend).train(request, Training.stoppingAfter(7));
      assertThat(stopped.interrupted()).isTrue();
    }
    try (Backend backend = StandInGpu.open()) {
      Training.train(backend, Training.resumed(request));
    }
    assertThat(weights("again")).isEqualTo(weights("once"));
    assertThat(weights("interrupted")).isEqualTo(weights("once"));
  }

  private byte[] weights(String model) throws IOException {
    return Files.readAllBytes(folder.resolve(model).resolve("weights.safetensors"));
  }

  @Test
  void answersAsTheScalarBackendDoes() {
    train(scalar(), Training.settings("epochs", "8", "rate", "0.03"), "model");
    int[][] items = new int[2][];
    for (int side = 0; side < 2; side++) {
      try (Backend backend = side == 0 ? scalar() : StandInGpu.open();
          TrainedModel model = TrainedModel.read(folder.resolve("model"), backend)) {
        ModelState state = model.gru().start();
        state.add(new ModelEvent(3, "Clicked", -1));
        state.add(new ModelEvent(4, "Clicked", -1));
        items[side] = state.top(10, new int[] {4}, null).items()[0];
      }
    }
    assertThat(items[1]).containsExactly(items[0]);
  }
}
