package dev.segue.engine;

import java.util.Map;
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
/// @param popularity by cut-off: mean popularity percentile of the recommended items
/// @param unknownTargets targets that the model does not know; they count as misses
/// @param skippedInputs events that the model does not know and that were left out of the input
/// @param knownTargets the same metrics over the targets that the model knows, or null inside
///   itself
/// @param byDomain metrics by the domain of the target
/// @param crossDomain metrics of targets whose domain differs from the event before
/// @param seconds time of scoring and ranking
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
    Map<String, EvaluationReport> baselines) {}
