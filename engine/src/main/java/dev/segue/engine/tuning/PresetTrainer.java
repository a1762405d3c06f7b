package dev.segue.engine.tuning;

import dev.segue.engine.BlendRequest;
import dev.segue.engine.BlendResult;
import dev.segue.engine.Blender;
import dev.segue.engine.EpochResult;
import dev.segue.engine.EvaluationReport;
import dev.segue.engine.ModelException;
import dev.segue.engine.NeighbourRequest;
import dev.segue.engine.NeighbourSettings;
import dev.segue.engine.NeighbourTrainer;
import dev.segue.engine.NeighbourValidation;
import dev.segue.engine.Settings;
import dev.segue.engine.Trainer;
import dev.segue.engine.TrainingRequest;
import dev.segue.engine.TrainingResult;
import dev.segue.engine.files.DirectoryReplacement;
import dev.segue.engine.files.IoReasons;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Trains what a [Preset] says. Where it leaves a choice, the last sessions of the log by time make
/// it, by the sum of Recall@20 and MRR@20:
///
/// 1. every neighbourhood model is measured, with an index of the sessions before;
/// 2. every GRU is trained on these until it gets no better;
/// 3. the best GRU and each of the two best neighbourhood models are blended with weights from 0 to
///    1;
/// 4. the best of all this is made of all sessions: a GRU is trained anew for as many epochs as
///    were best, so that it knows the most recent sessions too. Weight 0 makes a neighbourhood
///    model, weight 1 a GRU; either is taken alone where both together are better by less than
///    0.002.
///
/// A call that was interrupted goes on where it was when it is made again and asks to resume.
public final class PresetTrainer {
  private static final int CUT_OFF = 20;
  private static final int MOST_SESSIONS = 2000;
  private static final int BLENDED = 2;

  /// Two thousand sessions cannot tell sums that are nearer.
  private static final double MARGIN = 0.002;

  private static final double NANOS = 1e-9;

  private final Backend backend;
  private final PresetListener listener;

  /// Makes a trainer; the caller closes the backend.
  public PresetTrainer(Backend backend, PresetListener listener) {
    this.backend = backend;
    this.listener = listener;
  }

  /// What was chosen.
  ///
  /// @param gru settings, null where the GRU has no part
  /// @param neighbours settings, null where they have no part
  /// @param blend how the weight was chosen
  private record Choice(
      @Nullable Settings gru, @Nullable NeighbourSettings neighbours, BlendResult blend) {
    double weight() {
      return blend.weight();
    }
  }

  /// A GRU that was trained for validation.
  private record Candidate(Path model, Settings settings, EpochResult best) {
    double quality() {
      return best.recall() + best.mrr();
    }
  }

  /// Trains and writes the model directory.
  ///
  /// @throws ModelException when there is nothing to learn from, or the output cannot be written
  public PresetResult train(PresetRequest request) {
    long start = System.nanoTime();
    try {
      new DirectoryReplacement(request.output()).check();
      if (!request.resume()) {
        delete(request);
      }
      Files.createDirectories(work(request));
      Choice choice = request.preset().weight() == null ? choose(request) : given(request.preset());
      boolean done = choice != null && make(request, choice);
      if (done) {
        delete(request);
      }
      double weight = choice == null ? Double.NaN : choice.weight();
      double seconds = (System.nanoTime() - start) * NANOS;
      return new PresetResult(choice == null ? "" : kind(choice), weight, !done, seconds);
    } catch (IOException e) {
      throw new ModelException(
          "training: cannot write %s: %s".formatted(request.output(), IoReasons.of(e)), e);
    }
  }

  private static String kind(Choice choice) {
    if (choice.neighbours == null) {
      return SpaceSettings.GRU;
    }
    return choice.gru == null ? choice.neighbours.kind() : "blend";
  }

  private static Choice given(Preset preset) {
    Settings gru = preset.grus().isEmpty() ? null : preset.grus().getFirst();
    NeighbourSettings neighbours =
        preset.neighbours().isEmpty() ? null : preset.neighbours().getFirst();
    double weight = preset.weight() == null ? 1 : preset.weight();
    return new Choice(gru, neighbours, new BlendResult(weight, preset.sharpness(), 0, Map.of()));
  }

  private @Nullable Choice choose(PresetRequest request) {
    List<NeighbourSettings> neighbours = rankNeighbours(request);
    Candidate best = null;
    for (int i = 0; i < request.preset().grus().size(); i++) {
      Candidate candidate = validate(request, i);
      if (candidate == null) {
        return null;
      }
      best = best == null || candidate.quality() > best.quality() ? candidate : best;
    }
    if (best == null) {
      return new Choice(null, neighbours.getFirst(), new BlendResult(0, 1, 0, Map.of()));
    }
    // As many epochs as were best, without looking; what kept the best then has no meaning now.
    Settings again =
        best.settings
            .with("validation", "0")
            .with("select", "auto")
            .with("epochs", Integer.toString(best.best.epoch()));
    if (neighbours.isEmpty()) {
      return new Choice(again, null, new BlendResult(1, 1, 0, Map.of()));
    }
    return blend(request, best, again, neighbours);
  }

  private List<NeighbourSettings> rankNeighbours(PresetRequest request) {
    Map<NeighbourSettings, Double> qualities = new LinkedHashMap<>();
    if (!request.preset().neighbours().isEmpty()) {
      listener.stage("Measuring neighbourhood models on the last sessions by time");
      NeighbourValidation validation = new NeighbourValidation(request.sessions(), 0.1);
      for (NeighbourSettings settings : request.preset().neighbours()) {
        EvaluationReport report =
            validation.measure(settings, MOST_SESSIONS, (name, done, total) -> {});
        double recall = report.recall().getOrDefault(CUT_OFF, 0.0);
        double mrr = report.mrr().getOrDefault(CUT_OFF, 0.0);
        listener.measured(settings.toString(), recall, mrr);
        qualities.put(settings, recall + mrr);
      }
    }
    List<NeighbourSettings> ranked = new ArrayList<>(qualities.keySet());
    ranked.sort(Comparator.comparingDouble(qualities::get).reversed());
    return ranked;
  }

  private @Nullable Candidate validate(PresetRequest request, int number) {
    Settings settings = request.preset().grus().get(number).with("select", "both");
    Path model = work(request).resolve("gru-" + number);
    listener.stage(
        "Training GRU %d of %d, without the last sessions"
            .formatted(number + 1, request.preset().grus().size()));
    TrainingResult result = train(request, settings, model);
    if (result == null) {
      return null;
    }
    EpochResult best = result.epochs().get(result.bestEpoch() - 1);
    if (Double.isNaN(best.recall())) {
      throw new ModelException(
          "preset: no session is left to choose by, expected a log with more sessions");
    }
    listener.measured("gru " + settings.changes(), best.recall(), best.mrr());
    return new Candidate(model, settings, best);
  }

  private Choice blend(
      PresetRequest request, Candidate gru, Settings again, List<NeighbourSettings> ranked) {
    Choice best = null;
    for (NeighbourSettings neighbours : ranked.subList(0, Math.min(BLENDED, ranked.size()))) {
      listener.stage("Weighing the GRU against " + neighbours.kind());
      BlendResult result =
          new Blender(backend, (name, done, total) -> {})
              .choose(
                  new BlendRequest(gru.model, request.sessions(), neighbours, request.output()));
      EvaluationReport report = result.tried().get(result.weight());
      if (report == null) {
        throw new IllegalStateException("blend: the best weight was not tried");
      }
      double recall = report.recall().getOrDefault(CUT_OFF, 0.0);
      double mrr = report.mrr().getOrDefault(CUT_OFF, 0.0);
      listener.measured(
          "%s with the GRU's part %s".formatted(neighbours.kind(), result.weight()), recall, mrr);
      BlendResult simple = simplest(result);
      if (best == null || quality(simple) > quality(best.blend) + MARGIN) {
        best =
            new Choice(
                simple.weight() > 0 ? again : null,
                simple.weight() < 1 ? neighbours : null,
                simple);
      }
    }
    if (best == null) {
      throw new IllegalStateException("preset: no neighbourhood model to blend with");
    }
    return best;
  }

  /// Returns one model alone where both together are hardly better.
  private static BlendResult simplest(BlendResult result) {
    for (double weight : new double[] {0, 1}) {
      if (quality(result, weight) > quality(result) - MARGIN) {
        return new BlendResult(
            weight, result.sharpness(), result.validationSessions(), result.tried());
      }
    }
    return result;
  }

  private static double quality(BlendResult result) {
    return quality(result, result.weight());
  }

  private static double quality(BlendResult result, double weight) {
    EvaluationReport report = result.tried().get(weight);
    return report == null
        ? 0
        : report.recall().getOrDefault(CUT_OFF, 0.0) + report.mrr().getOrDefault(CUT_OFF, 0.0);
  }

  /// Makes the chosen model of all sessions; returns false when interrupted.
  private boolean make(PresetRequest request, Choice choice) {
    Map<String, String> provenance = new LinkedHashMap<>(request.provenance());
    provenance.put("preset", request.preset().name());
    NeighbourSettings neighbours = choice.neighbours;
    Settings gru = choice.gru;
    if (gru == null) {
      if (neighbours == null) {
        throw new IllegalArgumentException(
            "preset: %s has no model".formatted(request.preset().name()));
      }
      listener.stage("Building %s of all sessions".formatted(neighbours.kind()));
      new NeighbourTrainer()
          .train(
              new NeighbourRequest(
                  request.sessions(),
                  request.catalogue(),
                  neighbours,
                  request.output(),
                  provenance));
      return true;
    }
    listener.stage("Training the GRU on all sessions");
    Path model = neighbours == null ? request.output() : work(request).resolve("gru");
    PresetRequest told =
        new PresetRequest(
            request.sessions(),
            request.catalogue(),
            request.preset(),
            request.output(),
            request.resume(),
            provenance);
    if (train(told, gru, model) == null) {
      return false;
    }
    if (neighbours != null) {
      listener.stage("Adding past sessions");
      new Blender(backend, (name, done, total) -> {})
          .join(
              new BlendRequest(model, request.sessions(), neighbours, request.output()),
              choice.blend);
    }
    return true;
  }

  /// Trains a GRU, or goes on with one that is there; returns null when interrupted.
  private @Nullable TrainingResult train(PresetRequest request, Settings settings, Path model) {
    Trainer trainer = new Trainer(backend);
    if (request.resume()) {
      TrainingResult before =
          trainer.finished(model, settings, request.sessions(), request.catalogue());
      if (before != null) {
        return before;
      }
    }
    Path checkpoint = model.resolveSibling(model.getFileName() + ".checkpoint");
    boolean resumes = request.resume() && Files.isDirectory(checkpoint);
    TrainingResult result =
        trainer.train(
            new TrainingRequest(
                request.sessions(),
                request.catalogue(),
                settings,
                model,
                resumes,
                request.provenance()),
            listener);
    return result.interrupted() ? null : result;
  }

  private static Path work(PresetRequest request) {
    Path absolute = request.output().toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + ".work");
  }

  private static void delete(PresetRequest request) throws IOException {
    Path work = work(request);
    List<String> names = new ArrayList<>(List.of("gru"));
    for (int i = 0; i < request.preset().grus().size(); i++) {
      names.add("gru-" + i);
    }
    for (String name : names) {
      new DirectoryReplacement(work.resolve(name)).delete();
      new DirectoryReplacement(work.resolve(name + ".checkpoint")).delete();
    }
    try {
      Files.deleteIfExists(work);
    } catch (DirectoryNotEmptyException e) {
      // Somebody put something else there: it stays.
    }
  }
}
