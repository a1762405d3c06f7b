package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Measures models: every event after a session's first is a target, all items are ranked, ties
/// count against the model. Immutable and thread safe.
///
/// - **Input.** A session starts at the zero state. Its events are input in order; one that the
///   model does not know is skipped and counted. Repeats are input and targets like any other.
/// - **Targets.** Every event after the first of its session, predicted from the known events
///   before it. Where none of these is known, the model answers from its zero state, and the target
///   counts like any other.
/// - **Rank.** The number of items scored at least as high as the target, itself included, among
///   all V items; a score that is not a number never helps. A target that the model does not know
///   is a miss; `knownTargets` has the same metrics without these.
/// - **Lists.** Coverage and popularity look at the k best items for every target, ties in order of
///   item.
/// - **Domains.** A target is cross-domain when its domain differs from that of the event before it
///   in the log, known or not.
///
/// Results do not depend on the number of threads.
public final class Evaluator {
  /// 16 MiB of scores for each thread.
  private static final int BUFFER_FLOATS = 1 << 22;

  private final int[] cutoffs;
  private final EvaluationListener listener;
  private final int threads;
  private final int bufferFloats;
  private final int timedPredictions;

  /// Makes an evaluator for some cut-offs, such as 1, 5, 10, 20; order and repetition do not
  /// matter.
  public Evaluator(int... cutoffs) {
    this(
        Arrays.stream(cutoffs).sorted().distinct().toArray(),
        (model, done, total) -> {},
        Runtime.getRuntime().availableProcessors(),
        BUFFER_FLOATS,
        0);
    if (cutoffs.length == 0 || this.cutoffs[0] < 1) {
      throw new IllegalArgumentException(
          "evaluate: cut-offs, expected at least one and each at least 1, got "
              + Arrays.toString(cutoffs));
    }
  }

  private Evaluator(
      int[] cutoffs,
      EvaluationListener listener,
      int threads,
      int bufferFloats,
      int timedPredictions) {
    this.timedPredictions = timedPredictions;
    this.cutoffs = cutoffs;
    this.listener = listener;
    this.threads = threads;
    this.bufferFloats = bufferFloats;
  }

  /// Returns this evaluator with somebody who is told how far it is.
  public Evaluator withListener(EvaluationListener newListener) {
    return new Evaluator(cutoffs, newListener, threads, bufferFloats, timedPredictions);
  }

  /// Returns this evaluator with another number of threads than there are processors.
  public Evaluator withThreads(int newThreads) {
    if (newThreads < 1) {
      throw new IllegalArgumentException(
          "evaluate: threads, expected at least 1, got " + newThreads);
    }
    return new Evaluator(cutoffs, listener, newThreads, bufferFloats, timedPredictions);
  }

  /// Returns this evaluator with another size of the buffer that each thread has.
  Evaluator withBuffer(int floats) {
    return new Evaluator(cutoffs, listener, threads, floats, timedPredictions);
  }

  /// Returns this evaluator with some predictions of each model timed one at a time on one thread,
  /// apart from the evaluation itself: an event is taken and the best items are asked for, as many
  /// as the greatest cut-off. As many are done before to warm the machine up.
  ///
  /// @param predictions how many at most, 0 for none
  public Evaluator withLatency(int predictions) {
    if (predictions < 0) {
      throw new IllegalArgumentException(
          "evaluate: timed predictions, expected 0 or more, got " + predictions);
    }
    return new Evaluator(cutoffs, listener, threads, bufferFloats, predictions);
  }

  /// Evaluates the GRU of a trained model beside [Baselines#of]. Popularity percentiles are those
  /// of the training events, over all items.
  ///
  /// @param model the model
  /// @param sessions the sessions to predict
  public EvaluationReport evaluate(TrainedModel model, SessionLog sessions) {
    double[] percentiles = percentiles(model.statistics().support());
    return evaluate(model.gru(), Baselines.of(model), sessions, percentiles);
  }

  /// Evaluates a model and baselines over the same targets. Popularity percentiles are those of the
  /// catalogue, within each item's domain.
  ///
  /// @param model the model
  /// @param baselines others for the same table; they rank the same items and have other names
  /// @param sessions the sessions to predict
  /// @throws IllegalArgumentException when no session has two events, or names or items do not fit
  public EvaluationReport evaluate(
      SessionModel model, List<SessionModel> baselines, SessionLog sessions) {
    double[] percentiles = new double[model.vocabularySize()];
    Catalogue items = model.items();
    Arrays.setAll(percentiles, items::popularityPercentile);
    return evaluate(model, baselines, sessions, percentiles);
  }

  private EvaluationReport evaluate(
      SessionModel model, List<SessionModel> baselines, SessionLog sessions, double[] percentiles) {
    check(model, baselines);
    EvaluationReport report = measure(model, sessions, percentiles);
    Map<String, EvaluationReport> others = new LinkedHashMap<>();
    for (SessionModel baseline : baselines) {
      others.put(baseline.name(), measure(baseline, sessions, percentiles));
    }
    return report.withBaselines(others);
  }

  private static void check(SessionModel model, List<SessionModel> baselines) {
    Set<String> names = new HashSet<>(Set.of(model.name()));
    for (SessionModel baseline : baselines) {
      if (!names.add(baseline.name())) {
        throw new IllegalArgumentException(
            "evaluate: models, expected distinct names, got \"%s\" twice"
                .formatted(baseline.name()));
      }
      if (baseline.vocabularySize() != model.vocabularySize()) {
        throw new IllegalArgumentException(
            "evaluate: %s ranks other items than %s, expected %d, got %d"
                .formatted(
                    baseline.name(),
                    model.name(),
                    model.vocabularySize(),
                    baseline.vocabularySize()));
      }
    }
  }

  private EvaluationReport measure(SessionModel model, SessionLog sessions, double[] percentiles) {
    EvaluationTargets targets = new EvaluationTargets(sessions, model);
    long total = targets.targets(0, sessions.sessionCount());
    if (total == 0) {
      throw new IllegalArgumentException(
          "evaluate: nothing to predict, expected a session with two events, got %d sessions with %d events"
              .formatted(sessions.sessionCount(), sessions.eventCount()));
    }
    long begin = System.nanoTime();
    EvaluationTally tally = new EvaluationTally(targets, cutoffs, model.vocabularySize());
    EvaluationRun run = new EvaluationRun(model, targets, tally, longestList(), bufferFloats);
    run.execute(threads, done -> listener.progressed(model.name(), done, total));
    double seconds = (System.nanoTime() - begin) / 1e9;
    EvaluationReport report = tally.report(model.name(), percentiles, seconds);
    return timedPredictions == 0
        ? report
        : report.withLatency(LatencyProbe.measure(model, targets, longestList(), timedPredictions));
  }

  private int longestList() {
    return cutoffs[cutoffs.length - 1];
  }

  /// Returns for each item the share of all items with at most its support, 0 to 100.
  static double[] percentiles(int[] support) {
    int[] sorted = support.clone();
    Arrays.sort(sorted);
    double[] percentiles = new double[support.length];
    for (int i = 0; i < support.length; i++) {
      percentiles[i] = 100.0 * notAbove(sorted, support[i]) / sorted.length;
    }
    return percentiles;
  }

  private static int notAbove(int[] sorted, int bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
