package dev.segue.engine.tuning;

import dev.segue.engine.EvaluationReport;
import dev.segue.engine.NeighbourSettings;
import dev.segue.engine.NeighbourValidation;
import dev.segue.engine.TrainingListener;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Trials of neighbourhood models: nothing is trained, and later rounds measure on more sessions.
final class NeighbourTrials implements TrialRunner {
  private static final double DEFAULT_SHARE = 0.1;
  private static final double NANOS = 1e-9;
  private static final int CUT_OFF = 20;

  private final String model;
  private final NeighbourValidation validation;
  private final int[] budgets;

  NeighbourTrials(TuningRequest request) {
    this.model = request.space().model();
    this.validation = new NeighbourValidation(request.sessions(), DEFAULT_SHARE);
    this.budgets = request.rounds(validation.sessions());
  }

  @Override
  public int[] budgets() {
    return budgets.clone();
  }

  @Override
  public boolean countsEpochs() {
    return false;
  }

  @Override
  public long seed(Map<String, String> settings) {
    return 0;
  }

  @Override
  public @Nullable Outcome run(
      int number,
      Map<String, String> changes,
      int budget,
      TrainingListener stop,
      DoubleConsumer progress) {
    if (stop.stopRequested()) {
      return null;
    }
    NeighbourSettings settings = NeighbourSettings.of(model, changes);
    long start = System.nanoTime();
    EvaluationReport report =
        validation.measure(
            settings, budget, (name, done, total) -> progress.accept((double) done / total));
    return new Outcome(
        budget,
        0,
        report.recall().getOrDefault(CUT_OFF, 0.0),
        report.mrr().getOrDefault(CUT_OFF, 0.0),
        (System.nanoTime() - start) * NANOS,
        budget == validation.sessions());
  }

  @Override
  public void discard(int number) {}
}
