package dev.segue.engine.tuning;

import dev.segue.engine.EpochResult;
import dev.segue.engine.ModelException;
import dev.segue.engine.Settings;
import dev.segue.engine.Trainer;
import dev.segue.engine.TrainingListener;
import dev.segue.engine.TrainingRequest;
import dev.segue.engine.TrainingResult;
import dev.segue.engine.files.DirectoryReplacement;
import dev.segue.engine.files.IoReasons;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Trials of GRUs. A trial that gets more epochs goes on from its checkpoint, to the weights that
/// it would have had without the break.
final class GruTrials implements TrialRunner {
  private final Backend backend;
  private final TuningRequest request;
  private final int[] budgets;

  GruTrials(Backend backend, TuningRequest request) {
    this.backend = backend;
    this.request = request;
    this.budgets = request.rounds(request.epochs());
  }

  @Override
  public int[] budgets() {
    return budgets.clone();
  }

  @Override
  public boolean countsEpochs() {
    return true;
  }

  @Override
  public long seed(Map<String, String> settings) {
    return Settings.of(settings).seed();
  }

  @Override
  public @Nullable Outcome run(
      int number,
      Map<String, String> settings,
      int budget,
      TrainingListener stop,
      DoubleConsumer progress) {
    Path output = directory(number);
    Settings complete =
        Settings.of(settings)
            .with("epochs", Integer.toString(request.epochs()))
            .with("select", request.objective().name().toLowerCase(Locale.ROOT));
    TrainingRequest training =
        new TrainingRequest(
            request.sessions(),
            null,
            complete,
            output,
            Files.isDirectory(output.resolveSibling(output.getFileName() + ".checkpoint")),
            Map.of());
    UpTo listener = new UpTo(budget, stop, progress);
    TrainingResult result = new Trainer(backend).train(training, listener);
    List<EpochResult> epochs = result.epochs();
    if (result.interrupted() && epochs.size() < budget) {
      return null;
    }
    if (epochs.isEmpty() || Double.isNaN(epochs.getLast().recall())) {
      throw new ModelException("tune: no validation session has a target to measure on");
    }
    EpochResult best = epochs.get(result.bestEpoch() - 1);
    return new Outcome(
        epochs.size(),
        best.epoch(),
        best.recall(),
        best.mrr(),
        result.seconds(),
        !result.interrupted());
  }

  @Override
  public void discard(int number) {
    try {
      Path output = directory(number);
      new DirectoryReplacement(output).delete();
      new DirectoryReplacement(output.resolveSibling(output.getFileName() + ".checkpoint"))
          .delete();
    } catch (IOException e) {
      throw new ModelException(
          "tune: cannot delete %s: %s".formatted(directory(number), IoReasons.of(e)), e);
    }
  }

  private Path directory(int number) {
    return request.work().resolve("trial-" + number);
  }

  /// Stops after some epochs, or when another listener asks.
  private static final class UpTo implements TrainingListener {
    private final int epochs;
    private final TrainingListener stop;
    private final DoubleConsumer progress;
    private int first = 1;
    private int done;

    UpTo(int epochs, TrainingListener stop, DoubleConsumer progress) {
      this.epochs = epochs;
      this.stop = stop;
      this.progress = progress;
    }

    @Override
    public void started(Plan plan) {
      first = plan.firstEpoch();
      done = first - 1;
    }

    @Override
    public void progressed(Progress now) {
      double epoch = now.epoch() - first + (double) now.events() / now.eventsPerEpoch();
      progress.accept(Math.min(1, epoch / Math.max(1, epochs - first + 1)));
    }

    @Override
    public void epochFinished(EpochResult result) {
      done = result.epoch();
    }

    @Override
    public boolean stopRequested() {
      return done >= epochs || stop.stopRequested();
    }
  }
}
