package dev.segue.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.data.SessionLog;
import dev.segue.data.TimeSplit;
import dev.segue.data.Vocabulary;
import dev.segue.engine.files.DirectoryReplacement;
import dev.segue.engine.files.IoReasons;
import dev.segue.engine.files.Manifest;
import dev.segue.engine.neighbours.SessionIndex;
import dev.segue.engine.neighbours.SessionIndexBuilder;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts a neighbourhood model beside a trained GRU and writes both as one model directory.
///
/// The GRU's scores are first made probabilities, see [Sharpness]. The weight of the two is the one
/// of 0, 0.1, … 1 with the greatest sum of Recall@20 and MRR@20 on the sessions that the GRU was
/// validated on, at most 2,000 of them, spread evenly. The neighbours know only the training part
/// meanwhile; afterwards the index is built from all sessions.
public final class Blender {
  private static final int CUTOFF = 20;
  private static final int STEPS = 10;
  private static final int MOST_SESSIONS = 2000;
  private static final int SHARPENING = 500;

  private final Backend backend;
  private final EvaluationListener listener;

  /// Makes a blender.
  ///
  /// @param backend where the GRU computes; the caller closes it
  /// @param listener is told how far each evaluation is
  public Blender(Backend backend, EvaluationListener listener) {
    this.backend = backend;
    this.listener = listener;
  }

  /// Chooses the weight and writes the blend.
  ///
  /// @throws ModelException when the directory holds no GRU, the sessions are not those that it was
  ///   trained on or none of them validated it, or the output cannot be written
  public BlendResult blend(BlendRequest request) {
    try {
      new DirectoryReplacement(request.output()).check();
    } catch (IOException e) {
      throw cannotWrite(request, e);
    }
    try (TrainedModel trained = TrainedModel.read(request.model(), backend)) {
      SessionIndex training = check(request, trained);
      BlendResult result = choose(request, trained, training);
      write(request, trained, result);
      return result;
    } catch (IOException e) {
      throw cannotWrite(request, e);
    }
  }

  /// Chooses the weight and writes nothing.
  ///
  /// @throws ModelException as [#blend], the output apart
  public BlendResult choose(BlendRequest request) {
    try (TrainedModel trained = TrainedModel.read(request.model(), backend)) {
      return choose(request, trained, check(request, trained));
    }
  }

  /// Writes a blend with a weight that was chosen before, with [#choose] on a model of the same
  /// settings, say. The GRU may have been trained without validation.
  ///
  /// @param chosen the weight, and how it was chosen
  /// @throws ModelException as [#blend], validation apart
  public void join(BlendRequest request, BlendResult chosen) {
    try (TrainedModel trained = TrainedModel.read(request.model(), backend)) {
      new DirectoryReplacement(request.output()).check();
      check(request, trained);
      write(request, trained, chosen);
    } catch (IOException e) {
      throw cannotWrite(request, e);
    }
  }

  private static SessionIndex check(BlendRequest request, TrainedModel trained) {
    SessionIndex training = trained.index();
    String kind = trained.gru().name();
    if (!kind.equals(ModelConfig.KIND) || training == null) {
      throw new ModelException(
          "blend: %s: expected a model of kind gru with past sessions, got %s%s"
              .formatted(request.model(), kind, training == null ? " without" : ""));
    }
    String digest = DataDigests.of(request.sessions(), null).sessions();
    if (!digest.equals(trained.config().path("data").path("sessions").asText())) {
      throw new ModelException(
          "blend: %s was trained on other sessions, expected the same log"
              .formatted(request.model()));
    }
    return training;
  }

  private BlendResult choose(BlendRequest request, TrainedModel trained, SessionIndex training) {
    double share = trained.settings().validation();
    SessionLog validation =
        NeighbourValidation.spread(
            TimeSplit.byShare(request.sessions(), share, 0).validation(), MOST_SESSIONS);
    if (validation.sessionCount() == 0) {
      throw new ModelException(
          "blend: %s was trained without validation, expected sessions to choose the weight on"
              .formatted(request.model()));
    }
    NeighbourModel neighbours = NeighbourModel.of(request.neighbours(), training, trained.items());
    Evaluator evaluator = new Evaluator(CUTOFF).withListener(listener);
    Map<Double, EvaluationReport> tried = new TreeMap<>();
    double sharpness =
        Sharpness.fit(trained.gru(), NeighbourValidation.spread(validation, SHARPENING));
    double best = 0;
    for (int step = 0; step <= STEPS; step++) {
      double weight = (double) step / STEPS;
      SessionModel blend = new BlendModel(trained.gru(), neighbours, weight, sharpness);
      tried.put(weight, evaluator.evaluate(blend, List.of(), validation));
      best = quality(tried, weight) > quality(tried, best) ? weight : best;
    }
    return new BlendResult(best, sharpness, validation.sessionCount(), tried);
  }

  private static double quality(Map<Double, EvaluationReport> tried, double weight) {
    EvaluationReport report = tried.get(weight);
    return report == null
        ? Double.NEGATIVE_INFINITY
        : report.recall().getOrDefault(CUTOFF, 0.0) + report.mrr().getOrDefault(CUTOFF, 0.0);
  }

  private static void write(BlendRequest request, TrainedModel trained, BlendResult result)
      throws IOException {
    ObjectNode config = trained.config().deepCopy();
    config.put("kind", ModelConfig.BLEND);
    ObjectNode blend = config.putObject(ModelConfig.BLEND);
    blend
        .put(ModelConfig.WEIGHT, result.weight())
        .put(ModelConfig.SHARPNESS, result.sharpness())
        .put("validationSessions", result.validationSessions());
    blend.put(ModelConfig.NEIGHBOURS, request.neighbours().kind());
    blend.set(ModelConfig.SETTINGS, request.neighbours().toJson());
    result
        .tried()
        .forEach((weight, report) ->
            blend
                .withArray("tried")
                .addObject()
                .put(ModelConfig.WEIGHT, weight)
                .put("recall", report.recall().getOrDefault(CUTOFF, 0.0))
                .put("mrr", report.mrr().getOrDefault(CUTOFF, 0.0)));
    new DirectoryReplacement(request.output())
        .replace(fresh -> {
          for (String name : List.of(ModelFiles.WEIGHTS, ModelFiles.ITEMS, ModelFiles.REPORT)) {
            Files.copy(request.model().resolve(name), fresh.resolve(name));
          }
          ModelFiles.writeJson(fresh.resolve(ModelFiles.CONFIG), config);
          NeighbourFiles.write(
              fresh.resolve(ModelFiles.NEIGHBOURS), index(request, trained), List.of());
          List<String> files = new ArrayList<>(ModelFiles.ALL);
          files.add(ModelFiles.NEIGHBOURS);
          Manifest.write(fresh, files);
        });
  }

  /// Returns the index of all sessions over the items that the GRU knows.
  private static SessionIndex index(BlendRequest request, TrainedModel trained) {
    int items = trained.gru().vocabularySize();
    Vocabulary log = request.sessions().items();
    int[] numbers = new int[log.size()];
    for (int i = 0; i < numbers.length; i++) {
      int number = trained.items().indexOf(log.id(i));
      numbers[i] = number < items ? number : -1;
    }
    return SessionIndexBuilder.build(
        request.sessions(),
        numbers,
        items,
        request.neighbours().sample(),
        request.neighbours().maxLength());
  }

  private static ModelException cannotWrite(BlendRequest request, IOException error) {
    Path output = request.output();
    return new ModelException(
        "blend: cannot write %s: %s".formatted(output, IoReasons.of(error)), error);
  }
}
