package dev.segue.engine;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an evaluation found, in the form of the JSON that `segue evaluate --json` writes.
///
/// @param model name of the model
/// @param sessions number of sessions with at least one target
/// @param predictions number of targets
/// @param recall by cut-off: share of targets with rank ≤ k
/// @param precision by cut-off: recall / k
/// @param f1 by cut-off: harmonic mean of the two
/// @param mrr by cut-off: mean of 1/rank where rank ≤ k
/// @param ndcg by cut-off: mean of 1/log2(1 + rank) where rank ≤ k
/// @param coverage by cut-off: share of all items that appear in some list
/// @param popularity by cut-off: mean popularity percentile of the recommended items, 0 to 100; see
///   [Evaluator#evaluate] for which one
/// @param unknownTargets targets that the model does not know; they count as misses
/// @param skippedInputs events that the model does not know and that were left out of the input
/// @param knownTargets the same metrics over the targets that the model knows, or null inside a
///   group of targets
/// @param byDomain metrics by the domain of the target
/// @param crossDomain metrics of targets whose domain differs from the event before, or null inside
///   a group of targets
/// @param seconds time of scoring and ranking
/// @param latency time of one prediction at a time, or null where it was not measured
/// @param resampling how the intervals were found, or null inside a group of targets
/// @param intervals confidence intervals, or null where none were asked for
/// @param difference of a baseline, or of a group of its targets: its metrics less those of the
///   model over the same targets, each with the interval of the paired difference; else null
/// @param breakdown metrics by position, popularity and transition, or null inside a group
/// @param listDiversity 1 less the mean similarity of the pairs of items in a list of the greatest
///   cut-off, or null where it was not asked for; see [Evaluator#withDiversity]
/// @param scope which targets count and what is ranked, or null inside a group of targets
/// @param baselines the same report for each baseline, by name
public record EvaluationReport(
    String model,
    int sessions,
    long predictions,
    Map<Integer, Double> recall,
    Map<Integer, Double> precision,
    Map<Integer, Double> f1,
    Map<Integer, Double> mrr,
    Map<Integer, Double> ndcg,
    Map<Integer, Double> coverage,
    Map<Integer, Double> popularity,
    long unknownTargets,
    long skippedInputs,
    @Nullable EvaluationReport knownTargets,
    Map<String, EvaluationReport> byDomain,
    @Nullable EvaluationReport crossDomain,
    double seconds,
    @Nullable PredictionLatency latency,
    @Nullable Resampling resampling,
    @Nullable MetricIntervals intervals,
    @Nullable MetricIntervals difference,
    @Nullable Breakdown breakdown,
    @Nullable Double listDiversity,
    @Nullable EvaluationScope scope,
    Map<String, EvaluationReport> baselines) {

  /// Orders the maps by cut-off and copies them.
  public EvaluationReport {
    recall = ascending(recall);
    precision = ascending(precision);
    f1 = ascending(f1);
    mrr = ascending(mrr);
    ndcg = ascending(ndcg);
    coverage = ascending(coverage);
    popularity = ascending(popularity);
    byDomain = Collections.unmodifiableMap(new LinkedHashMap<>(byDomain));
    baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
  }

  private static Map<Integer, Double> ascending(Map<Integer, Double> byCutoff) {
    return Collections.unmodifiableMap(new TreeMap<>(byCutoff));
  }

  /// Returns this report with other baselines.
  EvaluationReport withBaselines(Map<String, EvaluationReport> others) {
    return with(latency, difference, byDomain, crossDomain, others);
  }

  /// Returns this report with the time of single predictions.
  EvaluationReport withLatency(PredictionLatency measured) {
    return with(measured, difference, byDomain, crossDomain, baselines);
  }

  /// Returns this report with how far it is above another model.
  ///
  /// @param groups the same for both
  EvaluationReport withDifferences(TargetGroups groups, GroupCounts own, GroupCounts reference) {
    Map<String, EvaluationReport> domains = new LinkedHashMap<>();
    byDomain.forEach((name, part) -> {
      MetricIntervals found = own.differences(groups.domain(name), reference);
      domains.put(name, part.with(null, found, Map.of(), null, Map.of()));
    });
    MetricIntervals crossing = own.differences(groups.crossDomain(), reference);
    EvaluationReport crossed =
        crossDomain == null ? null : crossDomain.with(null, crossing, Map.of(), null, Map.of());
    MetricIntervals all = own.differences(groups.all(), reference);
    return with(latency, all, domains, crossed, baselines);
  }

  private EvaluationReport with(
      @Nullable PredictionLatency measured,
      @Nullable MetricIntervals compared,
      Map<String, EvaluationReport> domains,
      @Nullable EvaluationReport crossed,
      Map<String, EvaluationReport> others) {
    return new EvaluationReport(
        model,
        sessions,
        predictions,
        recall,
        precision,
        f1,
        mrr,
        ndcg,
        coverage,
        popularity,
        unknownTargets,
        skippedInputs,
        knownTargets,
        domains,
        crossed,
        seconds,
        measured,
        resampling,
        intervals,
        compared,
        breakdown,
        listDiversity,
        scope,
        others);
  }

  /// Returns the report as JSON, indented: an object with the keys `model`, `sessions`,
  /// `predictions`, `recall`, `precision`, `f1`, `mrr`, `ndcg`, `coverage`, `popularity` (each of
  /// these an object from cut-off to value), `unknownTargets`, `skippedInputs`, `knownTargets`,
  /// `byDomain`, `crossDomain`, `seconds`, `latencyMillis` (`p50`, `p90`, `p99`; only where it was
  /// measured), with intervals `bootstrap` (`resamples`, `seed`, `level`), `intervals` and, of a
  /// baseline, `difference` (each an object `recall`, `mrr`, `ndcg` from cut-off to `value`, `low`,
  /// `high`), `byPosition`, `byPopularity`, `byTransition` (objects from group to `predictions`,
  /// `recall`, `mrr`, `ndcg` and `intervals`), `listDiversity` where it was asked for, `targets`
  /// (`all`, `next-day`, `trained`, `cold`) and `ranked` (`all` or `within-domain`), and
  /// `baselines`. The objects inside `byDomain`, `crossDomain` and `knownTargets` have the keys
  /// from `predictions` to `unknownTargets`, `intervals` and `difference`; a group without targets
  /// has no cut-offs. A baseline has all keys but `baselines`.
  public String toJson() {
    return EvaluationJson.write(this);
  }

  /// Writes [#toJson] into a file, under its final name only once it is complete.
  ///
  /// @throws ModelException when the file cannot be written
  public void writeJson(Path file) {
    EvaluationJson.write(this, file);
  }
}
