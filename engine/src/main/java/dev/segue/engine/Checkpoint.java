package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.engine.files.DirectoryReplacement;
import dev.segue.engine.files.IoReasons;
import dev.segue.engine.files.Manifest;
import dev.segue.engine.network.Parameter;
import dev.segue.engine.network.ParameterSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The checkpoint beside a model directory: a model directory itself, with the weights as they are
/// now, plus `optimiser.safetensors`, `best.safetensors` (once there is a best epoch that
/// validation chose) and `position.json`.
final class Checkpoint {
  private static final String OPTIMISER = "optimiser.safetensors";
  private static final String BEST = "best.safetensors";
  private static final String POSITION = "position.json";

  private final Path directory;

  Checkpoint(Path output) {
    Path absolute = output.toAbsolutePath().normalize();
    this.directory = absolute.resolveSibling(absolute.getFileName() + ".checkpoint");
  }

  /// What is kept of a run, apart from config and report.
  ///
  /// @param weights as they are now
  /// @param optimiser moments
  /// @param best weights of the best epoch, or null when nothing chose one yet
  record Tensors(List<Parameter> weights, List<Parameter> optimiser, @Nullable ParameterSet best) {}

  Path directory() {
    return directory;
  }

  void check() throws IOException {
    new DirectoryReplacement(directory).check();
  }

  /// Saves a run; the checkpoint before it stays until this one is complete.
  void save(
      ModelConfig config,
      TrainingData data,
      JsonNode report,
      TrainingPosition position,
      Tensors tensors)
      throws IOException {
    new DirectoryReplacement(directory)
        .replace(fresh -> {
          ModelFiles.write(fresh, config, tensors.weights(), data, report);
          ModelFiles.writeTensors(fresh.resolve(OPTIMISER), tensors.optimiser());
          ModelFiles.writeJson(fresh.resolve(POSITION), position.toJson());
          List<String> names = new ArrayList<>(ModelFiles.ALL);
          names.add(OPTIMISER);
          names.add(POSITION);
          ParameterSet best = tensors.best();
          if (best != null) {
            ModelFiles.writeTensors(fresh.resolve(BEST), best.all());
            names.add(BEST);
          }
          Manifest.write(fresh, names);
        });
  }

  /// Checks that the checkpoint is whole and belongs to the same settings and data.
  ///
  /// @param continued digest of the model that the run goes on from, or an empty text
  void verify(Settings settings, DataDigests digests, String continued) {
    if (!Files.isRegularFile(directory.resolve(Manifest.NAME))) {
      throw new ModelException("training: nothing to resume, no checkpoint at " + directory);
    }
    try {
      List<String> required = new ArrayList<>(ModelFiles.ALL);
      required.addAll(List.of(OPTIMISER, POSITION));
      Manifest.verify(directory, required);
      ModelConfig config = config();
      compareSettings(config.settings(), settings);
      JsonNode saved = config.json().path("data");
      compare("sessions", saved.path("sessions").asText(), digests.sessions());
      compare("catalogue's items", saved.path("catalogue").asText(), digests.catalogue());
      JsonNode model = config.json().path(ContinuedModel.CONTINUED).path(ContinuedModel.MODEL);
      if (!model.asText().equals(continued)) {
        throw new ModelException(
            "training: cannot resume: the model that it continues is not that of the checkpoint "
                + directory);
      }
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private ModelConfig config() throws IOException {
    return ModelConfig.parse(ModelFiles.readJson(directory.resolve(ModelFiles.CONFIG)));
  }

  private void compareSettings(Settings saved, Settings now) {
    Map<String, String> current = now.asMap();
    for (Map.Entry<String, String> entry : saved.asMap().entrySet()) {
      String value = current.get(entry.getKey());
      if (!entry.getValue().equals(value)) {
        throw new ModelException(
            "training: cannot resume: setting %s differs: the checkpoint %s has %s, now it is %s"
                .formatted(entry.getKey(), directory, entry.getValue(), value));
      }
    }
  }

  private void compare(String what, String saved, String now) {
    if (!saved.equals(now)) {
      throw new ModelException(
          "training: cannot resume: the %s are not those of the checkpoint %s"
              .formatted(what, directory));
    }
  }

  /// Reads the backend on which the checkpoint was made.
  String backend() {
    try {
      return config().json().path("provenance").path("backend").asText();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  TrainingPosition position() {
    try {
      return TrainingPosition.fromJson(ModelFiles.readJson(directory.resolve(POSITION)));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  TrainingHistory history() {
    try {
      JsonNode report = ModelFiles.readJson(directory.resolve(ModelFiles.REPORT));
      return TrainingHistory.fromJson(report.path("epochs"));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /// Reads weights, moments and, if there are any, the best weights.
  void restore(Tensors tensors) {
    try {
      ModelFiles.readTensors(directory.resolve(ModelFiles.WEIGHTS), tensors.weights());
      ModelFiles.readTensors(directory.resolve(OPTIMISER), tensors.optimiser());
      ParameterSet best = tensors.best();
      if (best != null && Files.exists(directory.resolve(BEST))) {
        ModelFiles.readTensors(directory.resolve(BEST), best.all());
      }
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  void delete() throws IOException {
    new DirectoryReplacement(directory).delete();
  }

  private ModelException damaged(IOException error) {
    return new ModelException(
        "training: cannot resume: the checkpoint %s is damaged: %s"
            .formatted(directory, IoReasons.of(error)),
        error);
  }
}
