package dev.segue.engine;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Metrics of some of the targets, misses of unknown ones included.
///
/// @param name what they have in common
/// @param predictions how many they are
/// @param recall by cut-off
/// @param mrr by cut-off
/// @param ndcg by cut-off
/// @param intervals confidence intervals, or null where none were asked for
public record TargetGroup(
    String name,
    long predictions,
    Map<Integer, Double> recall,
    Map<Integer, Double> mrr,
    Map<Integer, Double> ndcg,
    @Nullable MetricIntervals intervals) {
  /// Orders the maps by cut-off and copies them.
  public TargetGroup {
    recall = Collections.unmodifiableMap(new TreeMap<>(recall));
    mrr = Collections.unmodifiableMap(new TreeMap<>(mrr));
    ndcg = Collections.unmodifiableMap(new TreeMap<>(ndcg));
  }
}
