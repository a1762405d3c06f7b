package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import dev.segue.engine.Settings;
import dev.segue.engine.Trainer;
import dev.segue.engine.TrainingRequest;
import dev.segue.engine.TrainingResult;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue train`.
@Command(
    name = "train",
    customSynopsis = "segue train --sessions FILE --out MODELDIR [OPTIONS]",
    description = {
      "Trains a model on a click log.",
      "",
      "The last sessions by time are kept for validation; training stops when their loss no longer"
          + " falls. Ctrl-C saves a checkpoint, and --resume continues from it to the same weights."
    },
    footer = {
      "",
      "Example:",
      "  segue train --sessions events.csv --catalogue catalogue --set epochs=20 --out model"
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private SessionsOptions sessions = new SessionsOptions();

  @Option(
      names = "--catalogue",
      paramLabel = "DIR",
      description = "Titles, domains and contents of the items. Without it only ids are known.")
  private @Nullable Path catalogue;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODELDIR",
      description = "The directory to write.")
  private Path out = Path.of("");

  @Option(names = "--resume", description = "Continue from the checkpoint of an interrupted run.")
  private boolean resume;

  @Mixin private SettingsOptions settings = new SettingsOptions();
  @Mixin private BackendOptions backend = new BackendOptions();

  private final Terminal terminal;
  private final Interrupts interrupts;

  TrainCommand(Terminal terminal, Interrupts interrupts) {
    this.terminal = terminal;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws IOException {
    Settings chosen = settings.read();
    SessionLog log = sessions.read();
    Catalogue items = catalogue == null ? null : Catalogue.read(catalogue);
    TrainingRequest request =
        new TrainingRequest(
            log, items, chosen, out, resume, Provenance.of(sessions.file(), catalogue));
    interrupts.guard();
    TrainingProgress progress = new TrainingProgress(terminal, interrupts::isRequested);
    TrainingResult result = train(request, progress);
    new TrainingSummary(terminal).print(sessions.file(), log, chosen, progress.plan(), result, out);
    return 0;
  }

  private TrainingResult train(TrainingRequest request, TrainingProgress progress) {
    try (Backend device = backend.open();
        progress) {
      return new Trainer(device).train(request, progress);
    }
  }
}
