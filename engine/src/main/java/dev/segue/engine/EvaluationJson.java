package dev.segue.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON of an evaluation; its keys stand at [EvaluationReport#toJson].
final class EvaluationJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EvaluationJson() {}

  static String write(EvaluationReport report) {
    ObjectNode node = model(report);
    ObjectNode baselines = node.putObject("baselines");
    report.baselines().forEach((name, baseline) -> baselines.set(name, model(baseline)));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("evaluation report: cannot be written as JSON", e);
    }
  }

  static void write(EvaluationReport report, Path file) {
    Path absolute = file.toAbsolutePath();
    Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
    try {
      try {
        Files.writeString(part, write(report) + "\n");
        Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new ModelException("%s: cannot write the report: %s".formatted(file, e), e);
    }
  }

  private static ObjectNode model(EvaluationReport report) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("model", report.model());
    node.put("sessions", report.sessions());
    putMetrics(node, report);
    node.put("skippedInputs", report.skippedInputs());
    putGroup(node, "knownTargets", report.knownTargets());
    ObjectNode domains = node.putObject("byDomain");
    report.byDomain().forEach((domain, group) -> putGroup(domains, domain, group));
    putGroup(node, "crossDomain", report.crossDomain());
    node.put("seconds", report.seconds());
    PredictionLatency latency = report.latency();
    if (latency != null) {
      node.putObject("latencyMillis")
          .put("predictions", latency.predictions())
          .put("p50", latency.p50Millis())
          .put("p90", latency.p90Millis())
          .put("p99", latency.p99Millis());
    }
    putBootstrap(node, report.resampling());
    putIntervals(node, report);
    if (report.listDiversity() != null) {
      node.put("listDiversity", report.listDiversity());
    }
    EvaluationScope scope = report.scope();
    if (scope != null) {
      node.put("targets", scope.targets().key());
      node.put("ranked", scope.withinDomain() ? "within-domain" : "all");
    }
    Breakdown breakdown = report.breakdown();
    if (breakdown != null) {
      putGroups(node.putObject("byPosition"), breakdown.byPosition());
      putGroups(node.putObject("byPopularity"), breakdown.byPopularity());
      putGroups(node.putObject("byTransition"), breakdown.byTransition());
    }
    return node;
  }

  private static void putBootstrap(ObjectNode node, @Nullable Resampling resampling) {
    if (resampling != null && resampling.resamples() > 0) {
      node.putObject("bootstrap")
          .put("unit", "session")
          .put("resamples", resampling.resamples())
          .put("seed", resampling.seed())
          .put("level", Interval.LEVEL);
    }
  }

  private static void putIntervals(ObjectNode node, EvaluationReport report) {
    putIntervals(node, "intervals", report.intervals());
    putIntervals(node, "difference", report.difference());
  }

  private static void putIntervals(
      ObjectNode parent, String key, @Nullable MetricIntervals intervals) {
    if (intervals != null) {
      ObjectNode node = parent.putObject(key);
      putIntervals(node.putObject("recall"), intervals.recall());
      putIntervals(node.putObject("mrr"), intervals.mrr());
      putIntervals(node.putObject("ndcg"), intervals.ndcg());
    }
  }

  private static void putIntervals(ObjectNode node, Map<Integer, Interval> intervals) {
    intervals.forEach((k, interval) ->
        node.putObject(Integer.toString(k))
            .put("value", interval.value())
            .put("low", interval.low())
            .put("high", interval.high()));
  }

  private static void putGroups(ObjectNode node, List<TargetGroup> groups) {
    for (TargetGroup group : groups) {
      ObjectNode part = node.putObject(group.name()).put("predictions", group.predictions());
      putByCutoff(part, "recall", group.recall());
      putByCutoff(part, "mrr", group.mrr());
      putByCutoff(part, "ndcg", group.ndcg());
      putIntervals(part, "intervals", group.intervals());
    }
  }

  private static void putGroup(ObjectNode parent, String key, @Nullable EvaluationReport group) {
    if (group != null) {
      ObjectNode node = parent.putObject(key);
      putMetrics(node, group);
      putIntervals(node, group);
    }
  }

  private static void putMetrics(ObjectNode node, EvaluationReport report) {
    node.put("predictions", report.predictions());
    putByCutoff(node, "recall", report.recall());
    putByCutoff(node, "precision", report.precision());
    putByCutoff(node, "f1", report.f1());
    putByCutoff(node, "mrr", report.mrr());
    putByCutoff(node, "ndcg", report.ndcg());
    putByCutoff(node, "coverage", report.coverage());
    putByCutoff(node, "popularity", report.popularity());
    node.put("unknownTargets", report.unknownTargets());
  }

  private static void putByCutoff(ObjectNode node, String key, Map<Integer, Double> values) {
    ObjectNode object = node.putObject(key);
    values.forEach((k, value) -> object.put(Integer.toString(k), value));
  }
}
