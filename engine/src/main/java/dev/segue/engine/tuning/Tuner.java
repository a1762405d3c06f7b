package dev.segue.engine.tuning;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.ModelException;
import dev.segue.engine.SessionDigests;
import dev.segue.engine.TrainingListener;
import dev.segue.engine.files.IoReasons;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Searches settings by random draws and successive halving: all trials get a little training, the
/// better ones get more, until one is left. What is better is said by the last sessions of the log
/// by time, never by a test file.
///
/// Source: Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
/// optimization", AISTATS 2016; Bergstra and Bengio, "Random search for hyper-parameter
/// optimization", JMLR 2012.
///
/// A search that is interrupted, by [TuningListener#stopRequested] or by a crash, goes on when it
/// is started again with the same request.
public final class Tuner {
  private final Backend backend;

  /// Makes a tuner; the caller closes the backend.
  public Tuner(Backend backend) {
    this.backend = backend;
  }

  /// Searches to the end, or until the listener asks to stop.
  ///
  /// @throws ModelException when the log of trials belongs to another search or cannot be written,
  ///   when there is nothing to train or to measure on, or when no trial could be trained
  public TuningResult tune(TuningRequest request, TuningListener listener) {
    List<Map<String, String>> settings =
        IntStream.range(0, request.trials())
            .mapToObj(trial -> request.space().draw(request.seed(), trial))
            .toList();
    TrialRunner runner =
        request.space().model().equals(SpaceSettings.GRU)
            ? new GruTrials(backend, request)
            : new NeighbourTrials(request);
    try (TrialLog log = TrialLog.open(request.log(), describe(request, runner))) {
      Search search = new Search(request, settings, runner, log, listener);
      TuningResult result = search.run();
      if (result.best() != null) {
        deleteWork(request);
      }
      return result;
    }
  }

  private static ObjectNode describe(TuningRequest request, TrialRunner runner) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("search", 1).put("objective", request.objective().name().toLowerCase(Locale.ROOT));
    json.put("seed", request.seed()).put("trials", request.trials()).put("keep", request.keep());
    for (int budget : runner.budgets()) {
      json.withArray("budgets").add(budget);
    }
    json.put("sessions", SessionDigests.of(request.sessions()));
    json.set("space", request.space().json());
    return json;
  }

  private static void deleteWork(TuningRequest request) {
    try {
      Files.deleteIfExists(request.work());
    } catch (DirectoryNotEmptyException e) {
      // Somebody put something else there: it stays.
    } catch (IOException e) {
      throw new ModelException(
          "tune: cannot delete %s: %s".formatted(request.work(), IoReasons.of(e)), e);
    }
  }

  /// One search.
  private record Search(
      TuningRequest request,
      List<Map<String, String>> settings,
      TrialRunner runner,
      TrialLog log,
      TuningListener listener) {

    TuningResult run() {
      List<Integer> contenders = IntStream.range(0, request.trials()).boxed().toList();
      int[] budgets = runner.budgets();
      Progress progress = new Progress(budgets, request);
      for (int round = 0; round < budgets.length; round++) {
        int keep =
            round == budgets.length - 1 ? 1 : Math.ceilDiv(contenders.size(), request.keep());
        String unit = runner.countsEpochs() ? " epoch" : " session";
        String budget = budgets[round] + unit + (budgets[round] == 1 ? "" : "s");
        listener.roundStarted(round + 1, budgets.length, contenders.size(), budget);
        List<Trial> ranked = new ArrayList<>();
        for (int number : contenders) {
          Trial trial = give(number, round, budgets[round], progress);
          if (trial == null) {
            return new TuningResult(null, request.trials());
          }
          rank(ranked, trial, keep);
          progress.finish(round);
        }
        contenders = ranked.stream().map(Trial::number).toList();
        if (ranked.getFirst().failure() != null) {
          throw new ModelException(
              "tune: no trial could be trained; the first: " + ranked.getFirst().failure());
        }
        if (round == budgets.length - 1) {
          runner.discard(ranked.getFirst().number());
          return new TuningResult(ranked.getFirst(), request.trials());
        }
      }
      throw new IllegalStateException("tune: a search has at least one round");
    }

    /// Keeps the best trials of a round and forgets the others at once: checkpoints are large.
    private void rank(List<Trial> ranked, Trial trial, int keep) {
      ranked.add(trial);
      ranked.sort(Trial::compareBestFirst);
      if (ranked.size() > keep) {
        runner.discard(ranked.removeLast().number());
      }
    }

    private @Nullable Trial give(int number, int round, int budget, Progress progress) {
      Trial before = latest(number, round);
      boolean known = before != null && before.round() == round;
      Trial trial = before;
      if (before == null || (!known && !before.finished() && before.failure() == null)) {
        trial = train(number, round, budget, progress);
      }
      if (trial == null) {
        return null;
      }
      if (!known) {
        trial = inRound(trial, round);
        log.add(trial);
      }
      listener.trialFinished(trial, isBest(trial), known);
      return trial;
    }

    private @Nullable Trial latest(int number, int round) {
      return log.trials().stream()
          .filter(trial -> trial.number() == number && trial.round() <= round)
          .max(Comparator.comparingInt(Trial::round))
          .orElse(null);
    }

    private boolean isBest(Trial trial) {
      return trial.failure() == null
          && log.trials().stream()
              .filter(other -> other.round() == trial.round() && other.number() != trial.number())
              .allMatch(trial::isBetterThan);
    }

    private static Trial inRound(Trial trial, int round) {
      return new Trial(
          trial.number(),
          round,
          trial.settings(),
          trial.seed(),
          trial.epochs(),
          trial.sessions(),
          trial.bestEpoch(),
          trial.recall(),
          trial.mrr(),
          trial.measure(),
          trial.seconds(),
          trial.finished(),
          trial.failure());
    }

    private @Nullable Trial train(int number, int round, int budget, Progress progress) {
      Map<String, String> own = settings.get(number);
      TrainingListener stop =
          new TrainingListener() {
            @Override
            public boolean stopRequested() {
              return listener.stopRequested();
            }
          };
      try {
        Outcome outcome =
            runner.run(
                number,
                own,
                budget,
                stop,
                part -> listener.progressed(number, own, progress.at(round, part)));
        return outcome == null ? null : trial(number, round, own, outcome);
      } catch (ModelException e) {
        // A rate that is too high is a result like any other; a full disk is not.
        if (e.getCause() != null || listener.stopRequested()) {
          throw e;
        }
        runner.discard(number);
        return failed(number, round, own, String.valueOf(e.getMessage()));
      }
    }

    private Trial trial(int number, int round, Map<String, String> own, Outcome outcome) {
      boolean epochs = runner.countsEpochs();
      return new Trial(
          number,
          round,
          own,
          runner.seed(own),
          epochs ? outcome.spent() : 0,
          epochs ? 0 : outcome.spent(),
          outcome.best(),
          outcome.recall(),
          outcome.mrr(),
          request.objective().of(outcome.recall(), outcome.mrr()),
          outcome.seconds(),
          outcome.finished(),
          null);
    }

    private Trial failed(int number, int round, Map<String, String> own, String reason) {
      double none = Double.NaN;
      return new Trial(
          number, round, own, runner.seed(own), 0, 0, 0, none, none, none, 0, true, reason);
    }
  }

  /// How much of a search is done, by what its rounds give.
  private static final class Progress {
    private final double[] costs;
    private final double total;
    private double done;

    Progress(int[] budgets, TuningRequest request) {
      costs = new double[budgets.length];
      int trials = request.trials();
      double sum = 0;
      for (int round = 0; round < budgets.length; round++) {
        costs[round] = budgets[round] - (round == 0 ? 0 : budgets[round - 1]);
        sum += trials * costs[round];
        trials = Math.ceilDiv(trials, request.keep());
      }
      total = sum;
    }

    double at(int round, double part) {
      return (done + part * costs[round]) / total;
    }

    void finish(int round) {
      done += costs[round];
    }
  }
}
