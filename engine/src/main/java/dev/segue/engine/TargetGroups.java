package dev.segue.engine;

import dev.segue.data.SessionLog;
import java.util.List;

/// Which groups a target belongs to: all, cross-domain, its domain, its position in the session,
/// the popularity decile of its item, and its transition. The groups are those of one model, so
/// that several models are compared over the same ones.
final class TargetGroups {
  /// The most groups that one target is in.
  static final int MOST = 6;

  private static final int ALL = 0;
  private static final int CROSS_DOMAIN = 1;
  private static final int LAST_POSITION = 10;
  private static final int DECILES = 10;

  private final EvaluationTargets targets;
  private final byte[] deciles;
  private final int domains;
  private final int positionsFrom;
  private final int decilesFrom;
  private final int transitionsFrom;

  /// Makes the groups.
  ///
  /// @param targets a log as the model sees it
  /// @param percentiles popularity percentile of each item of the model
  TargetGroups(EvaluationTargets targets, double[] percentiles) {
    this.targets = targets;
    domains = targets.domainNames().size();
    positionsFrom = CROSS_DOMAIN + 1 + domains;
    decilesFrom = positionsFrom + LAST_POSITION;
    transitionsFrom = decilesFrom + DECILES + 1;
    deciles = new byte[targets.log().items().size()];
    for (int i = 0; i < deciles.length; i++) {
      int item = targets.number(i);
      if (item != EvaluationTargets.UNKNOWN) {
        deciles[i] = (byte) Math.clamp((int) Math.ceil(percentiles[item] / DECILES), 1, DECILES);
      }
    }
  }

  SessionLog log() {
    return targets.log();
  }

  /// Returns whether an event is a target.
  boolean isTarget(int event) {
    return targets.isTarget(event);
  }

  /// Returns how many groups there are.
  int count() {
    return transitionsFrom + domains * domains;
  }

  /// Writes the groups of a target into `out` and returns how many they are.
  ///
  /// @param position number of events before it in its session, from 1
  int of(int event, int position, int[] out) {
    int size = 0;
    out[size++] = ALL;
    if (targets.crossesDomain(event)) {
      out[size++] = CROSS_DOMAIN;
    }
    out[size++] = domain(targets.domain(event));
    out[size++] = positionsFrom + Math.min(position, LAST_POSITION) - 1;
    out[size++] = decilesFrom + deciles[targets.log().item(event)];
    out[size++] = transitionsFrom + targets.domain(event - 1) * domains + targets.domain(event);
    return size;
  }

  int all() {
    return ALL;
  }

  int crossDomain() {
    return CROSS_DOMAIN;
  }

  /// Returns the group of the targets of a domain.
  int domain(int domain) {
    return CROSS_DOMAIN + 1 + domain;
  }

  /// Returns the group of the targets of a domain by its name, one that [EvaluationTargets] knows.
  int domain(String name) {
    return domain(targets.domainNames().indexOf(name));
  }

  /// Makes the breakdown of what was counted for each group.
  Breakdown breakdown(GroupCounts counts) {
    return new Breakdown(
        counts.groups(
            positionsFrom,
            LAST_POSITION,
            place -> place + 1 == LAST_POSITION ? place + 1 + "+" : Integer.toString(place + 1)),
        counts.groups(
            decilesFrom, DECILES + 1, place -> place == 0 ? "unknown" : Integer.toString(place)),
        counts.groups(transitionsFrom, domains * domains, this::transition));
  }

  private String transition(int place) {
    List<String> names = targets.domainNames();
    return names.get(place / domains) + " → " + names.get(place % domains);
  }
}
