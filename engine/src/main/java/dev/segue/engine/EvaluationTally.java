package dev.segue.engine;

import dev.segue.engine.bootstrap.PoissonWeights;
import dev.segue.engine.ranking.BestItems;
import dev.segue.engine.ranking.Ranks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Turns the scores of one model into counts, for all groups of targets that a report shows. Thread
/// safe; each thread brings its own [BestItems].
final class EvaluationTally {
  private static final double DIVERSITY_UNIT = 0x1p32;

  private final EvaluationTargets targets;
  private final int items;
  private final TargetGroups targetGroups;
  private final GroupCounts counts;
  private final Resampling resampling;
  private final int longest;
  private final EvaluationScope scope;
  private final int @Nullable [] domains;
  private final @Nullable DiverseLists lists;

  /// Whole numbers, so that the sum does not depend on the order of threads.
  private final LongAdder diversity = new LongAdder();

  private final MetricTally all;
  private final MetricTally known;
  private final MetricTally crossDomain;
  private final List<MetricTally> byDomain = new ArrayList<>();

  /// Makes an empty tally.
  ///
  /// @param groups over the same log, maybe of another model
  /// @param resampling of the sessions
  /// @param scope what is measured
  /// @param domains of the model's items, where each target is ranked within its own, else null
  /// @param lists how lists are made diverse and measured, or null for neither
  EvaluationTally(
      EvaluationTargets targets,
      TargetGroups groups,
      int[] cutoffs,
      int items,
      Resampling resampling,
      EvaluationScope scope,
      int @Nullable [] domains,
      @Nullable DiverseLists lists) {
    this.lists = lists;
    this.scope = scope;
    this.domains = domains;
    longest = cutoffs[cutoffs.length - 1];
    this.targets = targets;
    this.items = items;
    targetGroups = groups;
    this.resampling = resampling;
    PoissonWeights weights = new PoissonWeights(resampling.seed(), resampling.resamples());
    counts = new GroupCounts(groups, cutoffs, weights);
    all = new MetricTally(cutoffs, items);
    known = new MetricTally(cutoffs, items);
    crossDomain = new MetricTally(cutoffs, items);
    for (int domain = 0; domain < targets.domainNames().size(); domain++) {
      byDomain.add(new MetricTally(cutoffs, items));
    }
  }

  /// Counts the targets that are predicted with one array of scores.
  ///
  /// @param events the targets, as events of the log
  /// @param scores holds the scores from `offset` on
  /// @param offset where they start
  /// @param best selects the longest list
  /// @param ranks receives the ranks
  void add(
      Iterable<Integer> events, float[] scores, int offset, BestItems best, SessionRanks ranks) {
    int[] found = new int[0];
    for (int event : events) {
      if (!targets.isTarget(event)) {
        continue;
      }
      if (domains != null) {
        float[] masked = ofDomain(targets.domain(event), scores, offset);
        add(event, masked, 0, best.select(masked, 0, items), ranks);
      } else {
        found = found.length == 0 ? best.select(scores, offset, items) : found;
        add(event, scores, offset, found, ranks);
      }
    }
  }

  /// Returns scores with those of other domains' items below all others.
  private float[] ofDomain(int domain, float[] scores, int offset) {
    float[] masked = Arrays.copyOfRange(scores, offset, offset + items);
    for (int item = 0; domains != null && item < items; item++) {
      masked[item] = domains[item] == domain ? masked[item] : Float.NEGATIVE_INFINITY;
    }
    return masked;
  }

  private void add(int event, float[] scores, int offset, int[] found, SessionRanks ranks) {
    int item = targets.item(event);
    boolean isKnown = item != EvaluationTargets.UNKNOWN;
    int[] list = found;
    int rank = RankCounts.MISS;
    if (lists != null && lists.diversity() > 0) {
      list = lists.list(found, scores, offset, item, longest);
      rank = isKnown ? DiverseLists.rank(list, item) : rank;
    } else if (isKnown) {
      rank = Ranks.of(scores, offset, items, item);
    }
    if (lists != null) {
      diversity.add(Math.round(lists.of(list) * DIVERSITY_UNIT));
    }
    ranks.put(event, rank);
    all.add(rank, list, isKnown);
    byDomain.get(targets.domain(event)).add(rank, list, isKnown);
    if (isKnown) {
      known.add(rank, list, true);
    }
    if (targets.crossesDomain(event)) {
      crossDomain.add(rank, list, isKnown);
    }
  }

  /// Returns empty counts for one thread, to be handed to [#add(GroupCounts)] at the end.
  GroupCounts countsOfThread() {
    return counts.empty();
  }

  /// Adds the counts of one thread.
  synchronized void add(GroupCounts ofThread) {
    counts.add(ofThread);
  }

  /// Returns what was counted for each group.
  GroupCounts counts() {
    return counts;
  }

  /// Makes the report of this model, without baselines.
  ///
  /// @param model its name
  /// @param percentiles popularity percentile of each item
  /// @param seconds time that scoring and ranking took
  EvaluationReport report(String model, double[] percentiles, double seconds) {
    Map<String, EvaluationReport> domains = new LinkedHashMap<>();
    for (int domain = 0; domain < byDomain.size(); domain++) {
      if (byDomain.get(domain).predictions() > 0) {
        String name = targets.domainNames().get(domain);
        domains.put(
            name,
            group(name, byDomain.get(domain), percentiles, intervals(targetGroups.domain(domain))));
      }
    }
    long expected = targets.targets(0, targets.log().sessionCount());
    if (all.predictions() != expected) {
      throw new IllegalStateException(
          "evaluate: %s did not score every target once, expected %d, got %d"
              .formatted(model, expected, all.predictions()));
    }
    return new EvaluationReport(
        model,
        targets.sessions(),
        all.predictions(),
        all.recall(),
        all.precision(),
        all.f1(),
        all.mrr(),
        all.ndcg(),
        all.coverage(),
        all.popularity(percentiles),
        all.unknown(),
        targets.skippedInputs(),
        group("known targets", known, percentiles, null),
        domains,
        group("cross-domain", crossDomain, percentiles, intervals(targetGroups.crossDomain())),
        seconds,
        null,
        resampling,
        intervals(targetGroups.all()),
        null,
        targetGroups.breakdown(counts),
        lists == null ? null : diversity.sum() / DIVERSITY_UNIT / all.predictions(),
        scope,
        Map.of());
  }

  private @Nullable MetricIntervals intervals(int group) {
    return counts.intervals(group);
  }

  private static EvaluationReport group(
      String name, MetricTally tally, double[] percentiles, @Nullable MetricIntervals intervals) {
    @Nullable EvaluationReport none = null;
    return new EvaluationReport(
        name,
        0,
        tally.predictions(),
        tally.recall(),
        tally.precision(),
        tally.f1(),
        tally.mrr(),
        tally.ndcg(),
        tally.coverage(),
        tally.popularity(percentiles),
        tally.unknown(),
        0,
        none,
        Map.of(),
        none,
        0,
        null,
        null,
        intervals,
        null,
        null,
        null,
        null,
        Map.of());
  }
}
