package dev.segue.engine;

import dev.segue.engine.bootstrap.PoissonWeights;
import dev.segue.engine.bootstrap.ReplicateSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What one model reached in each of the [TargetGroups], and in resamples of the sessions. Each
/// thread has its own and adds it to a common one at the end. Not thread safe.
///
/// Memory: 24 · cut-offs · resamples bytes for each group that has targets.
final class GroupCounts {
  private static final int METRICS = 3;
  private static final int MRR = 1;
  private static final int NDCG = 2;

  private final TargetGroups groups;
  private final int[] cutoffs;
  private final PoissonWeights weights;
  private final long[] sessionWeights;
  private final @Nullable RankCounts[] counts;
  private final @Nullable ReplicateSums[] sums;
  private final long[] sessionTargets;
  private final long[][] sessionGains;
  private final int[] memberships = new int[TargetGroups.MOST];
  private final int[] touched;
  private int touchedSize;

  /// Makes empty counts.
  ///
  /// @param cutoffs ascending
  /// @param weights of sessions in resamples
  GroupCounts(TargetGroups groups, int[] cutoffs, PoissonWeights weights) {
    this.groups = groups;
    this.cutoffs = cutoffs;
    this.weights = weights;
    sessionWeights = new long[weights.resamples()];
    counts = new RankCounts[groups.count()];
    sums = new ReplicateSums[groups.count()];
    sessionTargets = new long[groups.count()];
    sessionGains = new long[groups.count()][];
    touched = new int[groups.count()];
  }

  /// Returns empty counts of the same kind.
  GroupCounts empty() {
    return new GroupCounts(groups, cutoffs, weights);
  }

  /// Adds the targets of a session.
  ///
  /// @param ranks holds the rank of each event of the log from event `offset` on
  void add(int session, int[] ranks, int offset) {
    int start = groups.log().start(session);
    int end = groups.log().end(session);
    for (int event = start + 1; event < end; event++) {
      if (!groups.isTarget(event)) {
        continue;
      }
      int size = groups.of(event, event - start, memberships);
      for (int i = 0; i < size; i++) {
        add(memberships[i], ranks[event - offset]);
      }
    }
    resample(session);
  }

  private void add(int group, int rank) {
    RankCounts count = counts[group];
    if (count == null) {
      count = new RankCounts(cutoffs);
      counts[group] = count;
      sessionGains[group] = new long[METRICS * cutoffs.length];
    }
    count.add(rank);
    if (sessionTargets[group]++ == 0) {
      touched[touchedSize++] = group;
    }
    for (int c = cutoffs.length - 1; c >= 0 && rank <= cutoffs[c]; c--) {
      sessionGains[group][c] += units(1);
      sessionGains[group][MRR * cutoffs.length + c] += units(RankCounts.reciprocal(rank));
      sessionGains[group][NDCG * cutoffs.length + c] += units(RankCounts.discounted(rank));
    }
  }

  private static long units(double gain) {
    return Math.round(gain * ReplicateSums.UNIT);
  }

  private void resample(int session) {
    if (weights.resamples() > 0 && touchedSize > 0) {
      weights.of(session, sessionWeights);
      for (int i = 0; i < touchedSize; i++) {
        int group = touched[i];
        sums(group).add(sessionWeights, sessionTargets[group], sessionGains[group]);
      }
    }
    for (int i = 0; i < touchedSize; i++) {
      sessionTargets[touched[i]] = 0;
      Arrays.fill(sessionGains[touched[i]], 0);
    }
    touchedSize = 0;
  }

  private ReplicateSums sums(int group) {
    ReplicateSums sum = sums[group];
    if (sum == null) {
      sum = new ReplicateSums(weights.resamples(), METRICS * cutoffs.length);
      sums[group] = sum;
    }
    return sum;
  }

  /// Adds what another thread has counted.
  void add(GroupCounts other) {
    for (int group = 0; group < counts.length; group++) {
      RankCounts theirs = other.counts[group];
      if (theirs != null) {
        RankCounts ours = counts[group] == null ? new RankCounts(cutoffs) : counts[group];
        ours.add(theirs);
        counts[group] = ours;
      }
      ReplicateSums theirSums = other.sums[group];
      if (theirSums != null) {
        sums(group).add(theirSums);
      }
    }
  }

  /// Returns the number of targets of a group.
  long predictions(int group) {
    RankCounts count = counts[group];
    return count == null ? 0 : count.predictions();
  }

  /// Returns the confidence intervals of a group, or null where there is nothing to tell.
  @Nullable MetricIntervals intervals(int group) {
    ReplicateSums own = sums[group];
    return own == null ? null : metrics(group, null, own::means);
  }

  /// Returns how much a group's metrics are above those of another model over the same targets, or
  /// null where there is nothing to tell.
  @Nullable MetricIntervals differences(int group, GroupCounts reference) {
    ReplicateSums own = sums[group];
    ReplicateSums other = reference.sums[group];
    return own == null || other == null
        ? null
        : metrics(group, reference, gain -> own.differences(other, gain));
  }

  private MetricIntervals metrics(
      int group, @Nullable GroupCounts reference, IntFunction<double[]> resampled) {
    List<Map<Integer, Interval>> all = new ArrayList<>();
    List<Map<Integer, Double>> values = values(group);
    for (int metric = 0; metric < METRICS; metric++) {
      Map<Integer, Interval> intervals = new LinkedHashMap<>();
      for (int c = 0; c < cutoffs.length; c++) {
        double value = values.get(metric).getOrDefault(cutoffs[c], 0.0);
        if (reference != null) {
          value -= reference.values(group).get(metric).getOrDefault(cutoffs[c], 0.0);
        }
        intervals.put(cutoffs[c], Interval.of(value, resampled.apply(metric * cutoffs.length + c)));
      }
      all.add(intervals);
    }
    return new MetricIntervals(all.get(0), all.get(MRR), all.get(NDCG));
  }

  private List<Map<Integer, Double>> values(int group) {
    RankCounts count = counts[group];
    return count == null
        ? List.of(Map.of(), Map.of(), Map.of())
        : List.of(count.recall(), count.mrr(), count.ndcg());
  }

  /// Returns the groups of a range that have targets.
  ///
  /// @param names name of the group at each place of the range
  List<TargetGroup> groups(int from, int size, IntFunction<String> names) {
    List<TargetGroup> found = new ArrayList<>();
    for (int place = 0; place < size; place++) {
      if (predictions(from + place) > 0) {
        List<Map<Integer, Double>> values = values(from + place);
        found.add(
            new TargetGroup(
                names.apply(place),
                predictions(from + place),
                values.get(0),
                values.get(MRR),
                values.get(NDCG),
                intervals(from + place)));
      }
    }
    return found;
  }
}
