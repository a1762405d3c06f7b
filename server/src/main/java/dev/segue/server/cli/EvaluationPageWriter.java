package dev.segue.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.data.SessionLog;
import dev.segue.engine.EvaluationReport;
import dev.segue.engine.ExampleSessions;
import dev.segue.engine.Resampling;
import dev.segue.engine.TrainedModel;
import dev.segue.server.report.EvaluationPage;
import dev.segue.server.report.TrainingCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes the page of `segue evaluate --report`. The page may be shown to others, so files appear by
/// name and digest, without the folders of this machine.
final class EvaluationPageWriter {
  private static final int EXAMPLES = 10;
  private static final int LIST = 10;

  private final LoadedModels models;
  private final List<Path> directories;
  private final Path sessions;
  private final String backend;

  /// Makes the writer.
  ///
  /// @param directories of the models
  /// @param sessions the file that was evaluated
  /// @param backend what computed
  EvaluationPageWriter(LoadedModels models, List<Path> directories, Path sessions, String backend) {
    this.models = models;
    this.directories = directories;
    this.sessions = sessions;
    this.backend = backend;
  }

  /// Writes the page, which appears whole or not at all.
  void write(Path file, EvaluationReport report, SessionLog log) throws IOException {
    EvaluationPage page =
        new EvaluationPage(
            report,
            List.copyOf(models.byName().keySet()),
            curves(),
            ExampleSessions.of(models.byName(), log, EXAMPLES, LIST),
            facts(report),
            "%s · made by segue evaluate".formatted(name(sessions)));
    OutputFile.write(file, page::writeTo);
  }

  private List<TrainingCurve> curves() {
    List<TrainingCurve> curves = new ArrayList<>();
    models
        .byName()
        .forEach((name, model) -> {
          JsonNode epochs = model.report().path("epochs");
          if (!epochs.isEmpty()) {
            curves.add(
                new TrainingCurve(
                    name,
                    model.report().path("validationMeasure").asText("loss"),
                    model.report().path("bestEpoch").asInt(),
                    losses(epochs, "trainLoss"),
                    losses(epochs, "validationLoss")));
          }
        });
    return curves;
  }

  private static List<Double> losses(JsonNode epochs, String key) {
    List<Double> losses = new ArrayList<>();
    epochs.forEach(epoch -> losses.add(epoch.path(key).asDouble(Double.NaN)));
    return losses;
  }

  private Map<String, String> facts(EvaluationReport report) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", command(report));
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    Machine.here(backend)
        .lines()
        .forEach(line -> facts.merge("made on", line, EvaluationPageWriter::join));
    if (Files.isRegularFile(sessions)) {
      facts.put(name(sessions), "SHA-256 " + Digest.sha256(sessions));
    }
    Resampling resampling = report.resampling();
    if (resampling != null && resampling.resamples() > 0) {
      facts.put(
          "intervals",
          String.format(
              Locale.ROOT,
              "95 %%, percentile bootstrap over sessions, %,d resamples, seed %d; differences paired by resample",
              resampling.resamples(),
              resampling.seed()));
    }
    facts.put(
        "examples",
        "of the sessions with a target, in the order of the file, the middle one of each of ten equal parts; the last event is the target");
    models.byName().forEach((name, model) -> describe(name, model, facts));
    return facts;
  }

  private String command(EvaluationReport report) {
    String named =
        directories.stream()
            .map(directory -> " --model " + name(directory))
            .collect(Collectors.joining());
    String cutoffs =
        report.recall().keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
    Resampling resampling = report.resampling();
    return "segue evaluate%s --sessions %s -k %s --resamples %d --report …"
        .formatted(named, name(sessions), cutoffs, resampling == null ? 0 : resampling.resamples());
  }

  private static void describe(String name, TrainedModel model, Map<String, String> facts) {
    JsonNode config = model.config();
    facts.put(
        name + ": model",
        String.format(
            Locale.ROOT,
            "%s, %,d items",
            config.path("kind").asText(),
            model.gru().vocabularySize()));
    facts.put(name + ": settings", flat(config.path("settings")));
    facts.put(name + ": data", flat(config.path("data")));
    facts.put(name + ": trained", flat(config.path("provenance")));
  }

  private static String flat(JsonNode node) {
    return node.properties().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  private static String join(String a, String b) {
    return a + "; " + b;
  }

  private static String name(Path path) {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }
}
