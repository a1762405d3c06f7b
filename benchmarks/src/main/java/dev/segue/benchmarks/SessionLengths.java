package dev.segue.benchmarks;

import java.util.Random;

/// How long sessions are: the 186,670 training sessions of diginetica, of 2 to 70 events, 39 % of
/// them of more than 4. A session of m events is m − 1 steps; the five sessions of more than 51
/// events, which the default model cuts, count as 50 steps.
final class SessionLengths {
  /// Sessions of 1, 2, 3 … 50 steps.
  private static final int[] COUNTS = {
    52946, 35860, 25313, 18377, 13485, 9917, 7502, 5418, 4232, 3209, 2307, 1850, 1362, 1084, 831,
    663, 467, 403, 291, 245, 168, 155, 99, 86, 82, 58, 39, 48, 28, 26, 19, 15, 12, 10, 6, 8, 8, 7,
    5, 2, 5, 1, 2, 2, 3, 2, 2, 1, 1, 8
  };

  private static final int ALL = 186_670;

  private SessionLengths() {}

  /// Draws a number of steps, 1 to 50.
  static int draw(Random random) {
    int rest = random.nextInt(ALL);
    int steps = 0;
    while (rest >= COUNTS[steps]) {
      rest -= COUNTS[steps++];
    }
    return steps + 1;
  }
}
