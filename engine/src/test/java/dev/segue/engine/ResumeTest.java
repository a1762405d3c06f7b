package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTest {
  private static final SessionLog LOG = Logs.cycles(12, 60, 1);

  @TempDir Path folder;
  private final Backend backend = Backends.open(BackendChoice.AUTO);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  private Path checkpoint() {
    return folder.resolve("model.checkpoint");
  }

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("weights.safetensors"));
  }

  private TrainingResult trainUntil(int batches, TrainingRequest request) {
    return new Trainer(backend).train(request, Training.stoppingAfter(batches));
  }

  /// One epoch has 7 batches: the stops lie before the first, in the middle of one, between
  /// training and validation, and in a later epoch.
  @ParameterizedTest
  @CsvSource({"0, 0.2", "3, 0.2", "7, 0.2", "9, 0.2", "3, 0", "18, 0"})
  void aResumedRunEndsWithTheSameBytes(int batches, double validation) throws IOException {
    Settings settings =
        Training.settings(
            "validation", "" + validation, "dropout-embedding", "0.2", "dropout-hidden", "0.3");
    Path straight = folder.resolve("straight");
    Training.train(backend, Training.request(LOG, settings, straight));

    TrainingRequest request = Training.request(LOG, settings, folder.resolve("model"));
    TrainingResult stopped = trainUntil(batches, request);
    assertThat(stopped.interrupted()).isTrue();
    assertThat(request.output()).doesNotExist();
    assertThat(checkpoint()).isDirectory();
    TrainingResult finished = Training.train(backend, Training.resumed(request));

    assertThat(finished.interrupted()).isFalse();
    assertThat(finished.epochs()).hasSize(3);
    assertThat(weights(request.output())).isEqualTo(weights(straight));
    assertThat(checkpoint()).doesNotExist();
    assertThat(losses(request.output())).isEqualTo(losses(straight));
  }

  /// Negatives are drawn by step, and the rate follows the step: neither starts anew.
  @ParameterizedTest
  @CsvSource({"sampled-softmax, adam, 0", "bpr-max, adagrad, 0.3", "sampled-softmax, adagrad, 0"})
  void aResumedRunDrawsTheNegativesItWouldHaveHad(String loss, String optimiser, String momentum)
      throws IOException {
    Settings settings =
        Training.settings(
            "loss",
            loss,
            "optimiser",
            optimiser,
            "momentum",
            momentum,
            "negatives",
            "9",
            "schedule",
            "cosine",
            "warm-up",
            "0.2",
            "tied",
            "true",
            "embedding",
            "6");
    Path straight = folder.resolve("straight");
    Training.train(backend, Training.request(LOG, settings, straight));
    TrainingRequest request = Training.request(LOG, settings, folder.resolve("model"));
    assertThat(trainUntil(10, request).interrupted()).isTrue();
    Training.train(backend, Training.resumed(request));

    assertThat(weights(request.output())).isEqualTo(weights(straight));
    assertThat(losses(request.output())).isEqualTo(losses(straight));
  }

  /// Stops in the middle of sessions: the states that they carry are in the checkpoint.
  @ParameterizedTest
  @CsvSource({"3, cross-entropy", "70, sampled-softmax"})
  void aResumedRunCarriesTheStatesOfItsSessions(int batches, String loss) throws IOException {
    Settings settings =
        Training.settings("batching", "session-parallel", "loss", loss, "layers", "2");
    Path straight = folder.resolve("straight");
    Training.train(backend, Training.request(LOG, settings, straight));
    TrainingRequest request = Training.request(LOG, settings, folder.resolve("model"));
    assertThat(trainUntil(batches, request).interrupted()).isTrue();
    Training.train(backend, Training.resumed(request));

    assertThat(weights(request.output())).isEqualTo(weights(straight));
    assertThat(losses(request.output())).isEqualTo(losses(straight));
  }

  @Test
  void aRunStoppedAtEveryBatchEndsWithTheSameBytes() throws IOException {
    SessionLog noise = Logs.random(12, 60, 1);
    Settings settings = Training.settings("patience", "2", "rate", "0.03", "epochs", "30");
    Path straight = folder.resolve("straight");
    TrainingResult whole = Training.train(backend, Training.request(noise, settings, straight));
    assertThat(whole.epochs()).hasSizeBetween(3, 29).hasSize(whole.bestEpoch() + 2);

    TrainingRequest request = Training.request(noise, settings, folder.resolve("model"));
    TrainingResult result = trainUntil(1, request);
    while (result.interrupted()) {
      result = trainUntil(1, Training.resumed(request));
    }

    assertThat(weights(request.output())).isEqualTo(weights(straight));
    assertThat(result.bestEpoch()).isEqualTo(whole.bestEpoch());
  }

  private static List<String> losses(Path model) throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(model.resolve("report.json")))
        .path("epochs")
        .findValuesAsText("trainLoss");
  }

  @Test
  void aCheckpointIsAModelDirectoryOfItsOwn() {
    TrainingRequest request = Training.request(LOG, Training.settings(), folder.resolve("model"));
    trainUntil(9, request);
    try (TrainedModel model = TrainedModel.read(checkpoint(), backend)) {
      assertThat(model.gru().vocabularySize()).isEqualTo(12);
    }
  }

  @Test
  void otherSettingsOrDataAreRefusedByName() {
    TrainingRequest request = Training.request(LOG, Training.settings(), folder.resolve("model"));
    trainUntil(3, request);

    assertThatThrownBy(() ->
            Training.train(
                backend,
                Training.resumed(
                    Training.request(LOG, Training.settings("hidden", "7"), request.output()))))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "training: cannot resume: setting hidden differs: the checkpoint %s has 6, now it is 7"
                .formatted(checkpoint()));
    assertThatThrownBy(() ->
            Training.train(
                backend,
                Training.resumed(
                    Training.request(
                        Logs.cycles(12, 61, 1), request.settings(), request.output()))))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "training: cannot resume: the sessions are not those of the checkpoint "
                + checkpoint());
    List<Item> items = LOG.items().ids().stream().map(Item::ofId).toList();
    assertThatThrownBy(() ->
            Training.train(
                backend,
                new TrainingRequest(
                    LOG,
                    Catalogue.of(items),
                    request.settings(),
                    request.output(),
                    true,
                    Map.of())))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("training: cannot resume: the catalogue's items are not those");
    assertThat(checkpoint()).isDirectory();
  }

  @Test
  void withoutACheckpointThereIsNothingToResume() {
    TrainingRequest request = Training.request(LOG, Training.settings(), folder.resolve("model"));
    assertThatThrownBy(() -> Training.train(backend, Training.resumed(request)))
        .isInstanceOf(ModelException.class)
        .hasMessage("training: nothing to resume, no checkpoint at " + checkpoint());
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    TrainingRequest request = Training.request(LOG, Training.settings(), folder.resolve("model"));
    trainUntil(3, request);
    Path moments = checkpoint().resolve("optimiser.safetensors");
    byte[] bytes = Files.readAllBytes(moments);
    bytes[bytes.length - 1] ^= 1;
    Files.write(moments, bytes);

    assertThatThrownBy(() -> Training.train(backend, Training.resumed(request)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "training: cannot resume: the checkpoint %s is damaged: optimiser.safetensors was"
                    .formatted(checkpoint())
                + " changed after it was written: its CRC-32C differs");
  }

  @Test
  void aFailedRunLeavesTheCheckpointOfItsLastEpoch() {
    TrainingRequest request =
        Training.request(LOG, Training.settings("epochs", "5"), folder.resolve("model"));
    assertThatThrownBy(() ->
            new Trainer(backend)
                .train(
                    request,
                    new TrainingListener() {
                      @Override
                      public void progressed(Progress progress) {
                        if (progress.epoch() == 3) {
                          throw new IllegalStateException("power cut");
                        }
                      }
                    }))
        .hasMessage("power cut");
    assertThat(request.output()).doesNotExist();
    assertThat(Training.train(backend, Training.resumed(request)).epochs()).hasSize(5);
  }
}
