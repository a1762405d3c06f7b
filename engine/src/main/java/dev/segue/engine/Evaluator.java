package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import dev.segue.engine.content.ContentFeatures;
import dev.segue.engine.content.ContentIndex;
import dev.segue.engine.ranking.MarginalRelevance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
/// - **Intervals.** [#withResampling] adds confidence intervals by bootstrap over sessions, and
///   those of the differences between each other model and the first, paired by resample.
///
/// Results do not depend on the number of threads.
public final class Evaluator {
  /// 16 MiB of scores for each thread.
  private static final int BUFFER_FLOATS = 1 << 22;

  private final Options options;

  /// Set while an evaluator is made, and never after.
  private static final class Options {
    private int[] cutoffs = {};
    private EvaluationListener listener = (model, done, total) -> {};
    private int threads = Runtime.getRuntime().availableProcessors();
    private int bufferFloats = BUFFER_FLOATS;
    private int timedPredictions;
    private Resampling resampling = Resampling.NONE;
    private @Nullable Double diversity;
    private EvaluationScope scope = EvaluationScope.ALL;
  }

  /// Makes an evaluator for some cut-offs, such as 1, 5, 10, 20; order and repetition do not
  /// matter. It finds no confidence intervals.
  public Evaluator(int... cutoffs) {
    options = new Options();
    options.cutoffs = Arrays.stream(cutoffs).sorted().distinct().toArray();
    if (cutoffs.length == 0 || options.cutoffs[0] < 1) {
      throw new IllegalArgumentException(
          "evaluate: cut-offs, expected at least one and each at least 1, got "
              + Arrays.toString(cutoffs));
    }
  }

  private Evaluator(Options options) {
    this.options = options;
  }

  private Evaluator with(Consumer<Options> change) {
    Options changed = new Options();
    changed.cutoffs = options.cutoffs;
    changed.listener = options.listener;
    changed.threads = options.threads;
    changed.bufferFloats = options.bufferFloats;
    changed.timedPredictions = options.timedPredictions;
    changed.resampling = options.resampling;
    changed.diversity = options.diversity;
    changed.scope = options.scope;
    change.accept(changed);
    return new Evaluator(changed);
  }

  /// Returns this evaluator with somebody who is told how far it is.
  public Evaluator withListener(EvaluationListener newListener) {
    return with(changed -> changed.listener = newListener);
  }

  /// Returns this evaluator with another number of threads than there are processors.
  public Evaluator withThreads(int newThreads) {
    if (newThreads < 1) {
      throw new IllegalArgumentException(
          "evaluate: threads, expected at least 1, got " + newThreads);
    }
    return with(changed -> changed.threads = newThreads);
  }

  /// Returns this evaluator with another size of the buffer that each thread has.
  Evaluator withBuffer(int floats) {
    return with(changed -> changed.bufferFloats = floats);
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
    return with(changed -> changed.timedPredictions = predictions);
  }

  /// Returns this evaluator with confidence intervals. The session is the unit: its targets are not
  /// independent. Memory does not depend on the number of sessions.
  public Evaluator withResampling(Resampling resampling) {
    return with(changed -> changed.resampling = resampling);
  }

  /// Returns this evaluator with the diversity of the lists measured, and each trained model
  /// measured once more with lists made diverse, as `NAME, diversity D`: what that costs in recall.
  ///
  /// @param diversity as in [RecommendationQuery#diversity]; 0 only measures
  public Evaluator withDiversity(double diversity) {
    if (!(diversity >= 0 && diversity <= 1)) {
      throw new IllegalArgumentException("evaluate: diversity, expected 0 to 1, got " + diversity);
    }
    return with(changed -> changed.diversity = diversity);
  }

  /// Returns this evaluator with other targets, or with other items ranked, than all.
  public Evaluator withScope(EvaluationScope scope) {
    return with(changed -> changed.scope = scope);
  }

  /// Evaluates a trained model beside [Baselines#of]. Popularity percentiles are those of the
  /// training events, over all items.
  ///
  /// @param model the model
  /// @param sessions the sessions to predict
  public EvaluationReport evaluate(TrainedModel model, SessionLog sessions) {
    return evaluate(new LinkedHashMap<>(Map.of(model.gru().name(), model)), sessions);
  }

  /// Evaluates several trained models over the same targets, beside the baselines of the first. The
  /// first is the one that all others are compared with; they stand before the baselines.
  ///
  /// Models may know different items: each ranks its own, and a target that it does not know is a
  /// miss. Groups by popularity and domain are those of the first.
  ///
  /// @param models by the name that each has in the report
  /// @param sessions the sessions to predict
  /// @throws IllegalArgumentException when there is no model or a name is that of a baseline
  public EvaluationReport evaluate(SequencedMap<String, TrainedModel> models, SessionLog sessions) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("evaluate: expected at least one model, got none");
    }
    List<Contender> contenders = new ArrayList<>();
    models.forEach((name, model) -> addModel(name, model, contenders));
    Contender first = contenders.getFirst();
    for (SessionModel baseline : Baselines.of(models.firstEntry().getValue())) {
      contenders.add(new Contender(baseline.name(), baseline, first.percentiles(), first.lists()));
    }
    return evaluate(contenders, sessions, models.firstEntry().getValue().statistics().support());
  }

  private void addModel(String name, TrainedModel model, List<Contender> contenders) {
    double[] percentiles = percentiles(model.statistics().support());
    Double diversity = options.diversity;
    if (diversity == null) {
      contenders.add(new Contender(name, model.gru(), percentiles, null));
      return;
    }
    ContentIndex content = new ContentIndex(ContentFeatures.of(model.items()));
    MarginalRelevance.Similarity similarity = ItemSimilarity.of(content, model.gru());
    contenders.add(new Contender(name, model.gru(), percentiles, new DiverseLists(0, similarity)));
    if (diversity > 0) {
      contenders.add(
          new Contender(
              name + ", diversity " + diversity,
              model.gru(),
              percentiles,
              new DiverseLists(diversity, similarity)));
    }
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
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender(model.name(), model, percentiles, null));
    for (SessionModel baseline : baselines) {
      if (baseline.vocabularySize() != model.vocabularySize()) {
        throw new IllegalArgumentException(
            "evaluate: %s ranks other items than %s, expected %d, got %d"
                .formatted(
                    baseline.name(),
                    model.name(),
                    model.vocabularySize(),
                    baseline.vocabularySize()));
      }
      contenders.add(new Contender(baseline.name(), baseline, percentiles, null));
    }
    return evaluate(contenders, sessions, null);
  }

  private EvaluationReport evaluate(
      List<Contender> contenders, SessionLog sessions, int @Nullable [] support) {
    Set<String> names = new HashSet<>();
    for (Contender contender : contenders) {
      if (!names.add(contender.name())) {
        throw new IllegalArgumentException(
            "evaluate: models, expected distinct names, got \"%s\" twice"
                .formatted(contender.name()));
      }
    }
    Contender first = contenders.getFirst();
    EvaluationTargets targets =
        new EvaluationTargets(sessions, first.model(), options.scope, support);
    TargetGroups groups = new TargetGroups(targets, first.percentiles());
    Measured reference = measure(first, targets, groups);
    Map<String, EvaluationReport> others = new LinkedHashMap<>();
    for (Contender other : contenders.subList(1, contenders.size())) {
      Measured measured = measure(other, targets.through(other.model()), groups);
      others.put(
          other.name(), measured.report.withDifferences(groups, measured.counts, reference.counts));
    }
    return reference.report.withBaselines(others);
  }

  private record Measured(EvaluationReport report, GroupCounts counts) {}

  private Measured measure(Contender contender, EvaluationTargets targets, TargetGroups groups) {
    SessionModel model = contender.model();
    SessionLog sessions = targets.log();
    long total = targets.targets(0, sessions.sessionCount());
    if (total == 0) {
      throw new IllegalArgumentException(
          "evaluate: nothing to predict, expected a session with two events%s, got %d sessions with %d events"
              .formatted(
                  options.scope.targets() == EvaluationScope.Targets.ALL
                      ? ""
                      : " and a target of targets=" + options.scope.targets().key(),
                  sessions.sessionCount(),
                  sessions.eventCount()));
    }
    long begin = System.nanoTime();
    EvaluationTally tally =
        new EvaluationTally(
            targets,
            groups,
            options.cutoffs,
            model.vocabularySize(),
            options.resampling,
            options.scope,
            options.scope.withinDomain() ? targets.domains(model) : null,
            contender.lists());
    DiverseLists lists = contender.lists();
    int selected = lists == null ? longestList() : lists.candidates(longestList());
    EvaluationRun run = new EvaluationRun(model, targets, tally, selected, options.bufferFloats);
    run.execute(
        options.threads, done -> options.listener.progressed(contender.name(), done, total));
    double seconds = (System.nanoTime() - begin) / 1e9;
    EvaluationReport report = tally.report(contender.name(), contender.percentiles(), seconds);
    if (options.timedPredictions > 0) {
      report =
          report.withLatency(
              LatencyProbe.measure(model, targets, longestList(), options.timedPredictions));
    }
    return new Measured(report, tally.counts());
  }

  private int longestList() {
    return options.cutoffs[options.cutoffs.length - 1];
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
