package dev.segue.engine;

import java.util.List;

/// Metrics by what kind of target it is; a group without targets is left out.
///
/// @param byPosition by the number of events before the target in its session, `1` to `9` and `10+`
/// @param byPopularity by the decile of the target among the model's items in order of popularity:
///   `1` the least popular tenth, `10` the most popular one, `unknown` for targets that the model
///   does not know
/// @param byTransition by the domains of the event before the target and of the target, `Movie →
///   Book`
public record Breakdown(
    List<TargetGroup> byPosition, List<TargetGroup> byPopularity, List<TargetGroup> byTransition) {
  /// Copies the lists.
  public Breakdown {
    byPosition = List.copyOf(byPosition);
    byPopularity = List.copyOf(byPopularity);
    byTransition = List.copyOf(byTransition);
  }
}
