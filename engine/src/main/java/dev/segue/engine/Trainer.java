package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import dev.segue.engine.files.DirectoryReplacement;
import dev.segue.engine.files.IoReasons;
import dev.segue.engine.files.Manifest;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Trains the GRU and writes a model directory.
///
/// While it trains, a checkpoint lies beside the output, named `<output>.checkpoint`: it is written
/// after every epoch and when the listener asks to stop, and deleted once the model is in place. A
/// run that is resumed from it ends with the same weights, bit for bit, as one that was never
/// interrupted, on the same kind of backend with any number of threads.
public final class Trainer {
  private final Backend backend;

  /// Makes a trainer that computes on a backend; the caller closes the backend.
  public Trainer(Backend backend) {
    this.backend = backend;
  }

  /// A request that continues a model begins with its weights, its vocabulary first, and with fresh
  /// moments of the optimiser; see [NewItems] for the weights of new items. The model that it goes
  /// on from stays as it is, unless it is the output too.
  ///
  /// Trains until the epochs are used up, the validation loss has not improved for `patience`
  /// epochs, or the listener asks to stop; keeps the best weights by validation loss, the last ones
  /// where there is no validation.
  ///
  /// @throws ModelException when there is nothing to train on, when a loss stops being a number
  ///   (with step and cause), when the checkpoint to resume is of other settings or data, or when
  ///   the output cannot be written; a model that was there before is then still there
  /// @throws IllegalArgumentException when the settings do not fit together
  public TrainingResult train(TrainingRequest request, TrainingListener listener) {
    Settings settings = request.settings().checked();
    Checkpoint checkpoint = new Checkpoint(request.output());
    try {
      new DirectoryReplacement(request.output()).check();
      checkpoint.check();
    } catch (IOException e) {
      throw cannotWrite(request, e);
    }
    try (ContinuedModel continued = continued(request, settings)) {
      TrainingData data =
          TrainingData.prepare(request.sessions(), request.catalogue(), settings, continued);
      if (request.resume()) {
        String model = continued == null ? "" : continued.digest();
        checkpoint.verify(settings, data.digests(), model);
      }
      try (TrainingRun run =
          new TrainingRun(backend, request, data, checkpoint, continued, listener)) {
        return run.run();
      }
    } catch (IOException e) {
      throw cannotWrite(request, e);
    }
  }

  private @Nullable ContinuedModel continued(TrainingRequest request, Settings settings) {
    Path directory = request.continued();
    if (directory == null) {
      return null;
    }
    ContinuedModel model = ContinuedModel.read(directory, backend);
    try {
      model.checkSettings(settings);
      return model;
    } catch (ModelException e) {
      model.close();
      throw e;
    }
  }

  /// Returns the settings of a trained GRU, to change some of them and continue it.
  ///
  /// @throws ModelException when there is no such model or it is no GRU
  public static Settings settingsOf(Path modelDirectory) {
    Path file = modelDirectory.resolve(ModelFiles.CONFIG);
    try {
      ModelConfig config = ModelConfig.parse(ModelFiles.readJson(file));
      ContinuedModel.requireGru(modelDirectory, config.kind());
      return config.settings();
    } catch (IOException e) {
      throw new ModelException(
          "training: cannot continue %s: %s".formatted(modelDirectory, IoReasons.of(e)), e);
    }
  }

  /// Returns how a run with these settings on these sessions ended, or null when the directory has
  /// none: what a caller that makes several models asks before it trains one.
  public @Nullable TrainingResult finished(
      Path output, Settings settings, SessionLog sessions, @Nullable Catalogue catalogue) {
    if (!Files.isRegularFile(output.resolve(Manifest.NAME))) {
      return null;
    }
    try (TrainedModel model = TrainedModel.read(output, backend)) {
      DataDigests digests = DataDigests.of(sessions, catalogue);
      JsonNode data = model.config().path("data");
      boolean same =
          model.config().path("kind").asText().equals(ModelConfig.KIND)
              && model.settings().equals(settings)
              && data.path("sessions").asText().equals(digests.sessions())
              && data.path("catalogue").asText().equals(digests.catalogue());
      TrainingHistory history = TrainingHistory.fromJson(model.report().path("epochs"));
      double seconds = model.report().path("seconds").asDouble();
      return same
          ? new TrainingResult(history.epochs(), history.bestEpoch(), false, seconds, null)
          : null;
    }
  }

  private static ModelException cannotWrite(TrainingRequest request, IOException error) {
    return new ModelException(
        "training: cannot write %s: %s".formatted(request.output(), IoReasons.of(error)), error);
  }
}
