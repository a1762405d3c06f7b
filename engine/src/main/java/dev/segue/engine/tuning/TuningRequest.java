package dev.segue.engine.tuning;

import dev.segue.data.SessionLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What to search for and where to keep it.
///
/// @param sessions the log; its last sessions by time measure, those before them are trained on
/// @param space what may be drawn
/// @param objective what is maximised
/// @param trials how many settings are drawn
/// @param epochs that a GRU which stays to the end gets
/// @param keep one of so many trials stays in the search after a round, and gets so many times more
/// @param seed of the draws
/// @param log the JSON Lines file of all trials; a search that is in it goes on
/// @param work a directory for what trials have learnt so far; deleted at the end
public record TuningRequest(
    SessionLog sessions,
    SearchSpace space,
    Objective objective,
    int trials,
    int epochs,
    int keep,
    long seed,
    Path log,
    Path work) {

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException when one is out of range
  public TuningRequest {
    require("trials", trials, 1);
    require("epochs", epochs, 1);
    require("keep", keep, 2);
  }

  private static void require(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "tune: %s, expected at least %d, got %d".formatted(name, least, value));
    }
  }

  /// Returns what each round gives a trial in all: `most` in the last, a `keep`th of the next in
  /// those before, as many rounds as leave one trial or as `most` can be divided.
  int[] rounds(int most) {
    List<Integer> budgets = new ArrayList<>();
    budgets.add(most);
    int left = trials;
    while (left > keep && budgets.getFirst() > 1) {
      budgets.addFirst(Math.max(1, Math.ceilDiv(budgets.getFirst(), keep)));
      left = Math.ceilDiv(left, keep);
    }
    return budgets.stream().mapToInt(Integer::intValue).toArray();
  }
}
