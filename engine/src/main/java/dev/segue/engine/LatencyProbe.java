package dev.segue.engine;

import java.util.Arrays;

/// Times a model's predictions over sessions that are spread evenly over a log.
final class LatencyProbe {
  private static final double NANOS_PER_MILLI = 1e6;

  private final SessionModel model;
  private final EvaluationTargets targets;
  private final int k;
  private final long[] nanos;
  private int timed;

  private LatencyProbe(SessionModel model, EvaluationTargets targets, int k, int most) {
    this.model = model;
    this.targets = targets;
    this.k = Math.min(k, model.vocabularySize());
    nanos = new long[most];
  }

  /// Times predictions; those of a first pass, which warm the machine up, do not count.
  ///
  /// @param k how many best items are asked for
  /// @param most how many predictions are timed at most
  static PredictionLatency measure(SessionModel model, EvaluationTargets targets, int k, int most) {
    LatencyProbe probe = new LatencyProbe(model, targets, k, most);
    probe.pass();
    probe.pass();
    return probe.result();
  }

  private void pass() {
    timed = 0;
    int sessions = targets.log().sessionCount();
    int step = Math.max(1, sessions / nanos.length);
    // One session of each step, then the next of each, until enough are timed.
    for (int first = 0; first < step && timed < nanos.length; first++) {
      for (int s = first; s < sessions && timed < nanos.length; s += step) {
        session(s);
      }
    }
  }

  private void session(int session) {
    ModelState state = model.start();
    int end = targets.log().end(session) - 1;
    for (int event = targets.log().start(session); event < end && timed < nanos.length; event++) {
      int item = targets.item(event);
      if (item != EvaluationTargets.UNKNOWN) {
        ModelEvent input =
            new ModelEvent(item, targets.log().action(event), targets.log().dwellMillis(event));
        long start = System.nanoTime();
        state.add(input);
        state.top(k, new int[0], null);
        nanos[timed++] = System.nanoTime() - start;
      }
    }
  }

  private PredictionLatency result() {
    long[] sorted = Arrays.copyOf(nanos, timed);
    Arrays.sort(sorted);
    return new PredictionLatency(
        timed, quantile(sorted, 0.5), quantile(sorted, 0.9), quantile(sorted, 0.99));
  }

  private static double quantile(long[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, place)] / NANOS_PER_MILLI;
  }
}
