package dev.segue.engine;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Metrics, or differences of metrics, with confidence intervals by bootstrap over sessions.
///
/// @param recall by cut-off
/// @param mrr by cut-off
/// @param ndcg by cut-off
public record MetricIntervals(
    Map<Integer, Interval> recall, Map<Integer, Interval> mrr, Map<Integer, Interval> ndcg) {
  /// Orders the maps by cut-off and copies them.
  public MetricIntervals {
    recall = Collections.unmodifiableMap(new TreeMap<>(recall));
    mrr = Collections.unmodifiableMap(new TreeMap<>(mrr));
    ndcg = Collections.unmodifiableMap(new TreeMap<>(ndcg));
  }
}
