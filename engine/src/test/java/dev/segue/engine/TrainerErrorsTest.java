package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerErrorsTest {
  private static final SessionLog LOG = Logs.cycles(12, 60, 1);

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.SCALAR);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  private void assertRefused(TrainingRequest request, String message) {
    assertThatThrownBy(() -> Training.train(backend, request))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
  }

  @Test
  void aLogWithoutTargetsIsRefused() {
    SessionLog single = SessionLog.builder().add("s", "a").add("t", "b").build();
    assertRefused(
        Training.request(single, Training.settings(), folder.resolve("model")),
        "training: nothing to predict, expected a session with two events or more, got 2 sessions"
            + " for training, none of which has two");
    assertRefused(
        Training.request(SessionLog.builder().build(), Training.settings(), folder.resolve("m")),
        "training: nothing to predict, expected a session with two events or more, got 0 sessions"
            + " for training, none of which has two");
  }

  @Test
  void aCatalogueThatLacksItemsIsRefused() {
    Catalogue catalogue = Catalogue.of(List.of(Item.ofId("Movie_0"), Item.ofId("Music_1")));
    assertRefused(
        new TrainingRequest(
            LOG, catalogue, Training.settings(), folder.resolve("model"), false, Map.of()),
        "training: 10 items of the sessions are not in the catalogue, such as \"%s\""
            .formatted(
                LOG.items().ids().stream()
                    .filter(id -> catalogue.indexOf(id) < 0)
                    .findFirst()
                    .orElseThrow()));
  }

  @Test
  void aLossThatIsNoNumberStopsWithStepAndCause() throws IOException {
    Path output = folder.resolve("model");
    Training.train(backend, Training.request(LOG, Training.settings(), output));
    byte[] before = Files.readAllBytes(output.resolve("weights.safetensors"));

    assertThatThrownBy(() ->
            Training.train(
                backend, Training.request(LOG, Training.settings("rate", "1e38"), output)))
        .isInstanceOf(ModelException.class)
        .hasMessageMatching(
            "training: (loss|gradient norm) is (NaN|Infinity) at epoch 1, step [23]: learning rate"
                + " 1.0E38 may be too high");
    assertThat(output.resolve("weights.safetensors")).hasBinaryContent(before);
  }

  @Test
  void settingsThatDoNotFitTogetherAreRefused() {
    assertThatThrownBy(() ->
            Training.train(
                backend,
                Training.request(LOG, Training.settings("tied", "true"), folder.resolve("model"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("set: tied: needs embedding = hidden");
  }

  @Test
  void aFolderOfOtherFilesIsNeverOverwritten() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(photos.resolve("holiday.jpg"), "x");
    assertRefused(
        Training.request(LOG, Training.settings(), photos),
        "training: cannot write %s: %s holds other files and no model; choose another name or"
                .formatted(photos, photos)
            + " remove it");
    assertThat(photos.resolve("holiday.jpg")).hasContent("x");
  }

  @Test
  void anOutputThatCannotBeMadeIsRefusedBeforeTraining() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() ->
            new Trainer(backend)
                .train(
                    Training.request(LOG, Training.settings(), file.resolve("model")),
                    new TrainingListener() {
                      @Override
                      public void started(Plan plan) {
                        throw new AssertionError("training began");
                      }
                    }))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("training: cannot write " + file.resolve("model") + ": ");
  }

  @Test
  void aModelIsReplacedAndNothingIsLeftBeside() throws IOException {
    Path output = folder.resolve("model");
    Training.train(backend, Training.request(LOG, Training.settings(), output));
    Training.train(backend, Training.request(LOG, Training.settings("hidden", "9"), output));
    try (TrainedModel model = TrainedModel.read(output, backend);
        Stream<Path> files = Files.list(folder)) {
      assertThat(model.settings().hidden()).isEqualTo(9);
      assertThat(files).containsExactly(output);
    }
  }
}
