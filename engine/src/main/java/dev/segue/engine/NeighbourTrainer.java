package dev.segue.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.files.DirectoryReplacement;
import dev.segue.engine.files.IoReasons;
import dev.segue.engine.files.Manifest;
import dev.segue.engine.neighbours.SessionIndex;
import java.io.IOException;

/// Builds a neighbourhood model and writes a model directory. Nothing is fitted: building is two
/// passes over the sessions.
public final class NeighbourTrainer {
  private static final double NANOS = 1e-9;
  private static final Settings EVERY_SESSION = Settings.defaults().with("validation", "0");

  /// Builds and writes the model.
  ///
  /// @throws ModelException when no session has two events, the catalogue lacks items, or the
  ///   output cannot be written; a model that was there before is then still there
  public NeighbourResult train(NeighbourRequest request) {
    try {
      new DirectoryReplacement(request.output()).check();
      TrainingData data =
          TrainingData.prepare(request.sessions(), request.catalogue(), EVERY_SESSION);
      long start = System.nanoTime();
      SessionIndex index = data.index(request.settings().sample(), request.settings().maxLength());
      NeighbourResult result =
          new NeighbourResult(
              index.items(),
              index.sessions(),
              index.keptSessions(),
              index.sizeInBytes(),
              (System.nanoTime() - start) * NANOS);
      write(request, data, index, result);
      return result;
    } catch (IOException e) {
      throw new ModelException(
          "training: cannot write %s: %s".formatted(request.output(), IoReasons.of(e)), e);
    }
  }

  private static void write(
      NeighbourRequest request, TrainingData data, SessionIndex index, NeighbourResult result)
      throws IOException {
    ModelConfig config = ModelConfig.describe(request.settings(), data, request.provenance());
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report
        .put("seconds", result.seconds())
        .put("items", result.items())
        .put("trainSessions", result.sessions())
        .put("keptSessions", result.keptSessions())
        .put("indexBytes", result.indexBytes());
    new DirectoryReplacement(request.output())
        .replace(fresh -> {
          ModelFiles.write(fresh, config, index, data, report);
          Manifest.write(fresh, ModelFiles.OF_NEIGHBOURS);
        });
  }
}
