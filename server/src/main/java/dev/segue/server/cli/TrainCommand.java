package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.data.SessionLog;
import dev.segue.engine.NeighbourRequest;
import dev.segue.engine.NeighbourResult;
import dev.segue.engine.NeighbourSettings;
import dev.segue.engine.NeighbourTrainer;
import dev.segue.engine.Settings;
import dev.segue.engine.Trainer;
import dev.segue.engine.TrainingRequest;
import dev.segue.engine.TrainingResult;
import dev.segue.engine.tuning.Preset;
import dev.segue.engine.tuning.SettingsFile;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `segue train`.
@Command(
    name = "train",
    customSynopsis = "segue train --sessions FILE --out MODELDIR [OPTIONS]",
    description = {
      "Trains a model on a click log.",
      "",
      "The last sessions by time are kept for validation; training stops when their loss no longer"
          + " falls. Ctrl-C saves a checkpoint, and --resume continues from it to the same"
          + " weights.",
      "",
      "With --continue a trained model goes on with new sessions and new items: it keeps its"
          + " settings and weights, and is left as it is unless --out names it too.",
      "",
      "With --model vstan, stan, vsknn, item-knn or sequential-rules nothing is fitted: the model"
          + " is an index of past sessions, and those that resemble the current one recommend. It"
          + " takes seconds, and is the one to beat."
    },
    footer = {
      "",
      "Examples:",
      "  segue train --sessions events.csv --catalogue catalogue --set epochs=20 --out model",
      "  segue train --continue model --sessions monday.csv --catalogue catalogue --out model",
      "  segue train --model vstan --sessions events.csv --set k=500 --out neighbours",
      "  segue train --sessions events.csv --settings best.json --out model",
      "  segue train --sessions events.csv --preset default --out model"
    })
final class TrainCommand implements Callable<Integer> {
  static final String MODEL = "--model";
  private static final String GRU = "gru";

  @Option(
      names = MODEL,
      paramLabel = "KIND",
      description =
          "What to train: gru, vstan, stan, vsknn, item-knn or sequential-rules. Default: gru, or"
              + " what --settings names.")
  private String kind = "";

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Settings that 'segue tune' found; --set changes them.")
  private @Nullable Path settingsFile;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "Settings that did well: default for a log never seen before, which finds out by itself"
              + " what fits it; rsc15, diginetica, cross-domain. --model picks one of its models.")
  private @Nullable String preset;

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

  @Option(
      names = "--continue",
      paramLabel = "MODELDIR",
      description = "Go on from this trained model instead of random weights.")
  private @Nullable Path continued;

  @Mixin private SettingsOptions settings = new SettingsOptions();
  @Mixin private BackendOptions backend = new BackendOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final Interrupts interrupts;

  TrainCommand(Terminal terminal, Interrupts interrupts) {
    this.terminal = terminal;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws IOException {
    if (preset != null) {
      return trainPreset(preset);
    }
    SettingsFile given = settingsFile == null ? null : SettingsFile.read(settingsFile);
    if (given != null && !kind.isEmpty() && !kind.equals(given.model())) {
      throw new UserMistake(
          "--model: %s has settings of %s, got \"%s\""
              .formatted(settingsFile, given.model(), kind));
    }
    if (given != null && continued != null) {
      throw new UserMistake(
          "--continue: goes on with the model's own settings, expected no --settings with it");
    }
    kind = given == null ? (kind.isEmpty() ? GRU : kind) : given.model();
    Map<String, String> base = given == null ? Map.of() : given.settings();
    return kind.equals(GRU) ? trainGru(base) : buildNeighbours(base);
  }

  private int trainPreset(String name) throws IOException {
    if (settingsFile != null || continued != null) {
      throw new UserMistake(
          "--preset: has its own settings, expected no --settings and no --continue with it");
    }
    Preset whole = Preset.of(name).withChanges(settings.asMap());
    Preset chosen = kind.isEmpty() ? whole : whole.only(kind);
    SessionLog log = sessions.read(terminal);
    try (Backend device = backend.open()) {
      boolean done =
          new PresetTraining(terminal, interrupts)
              .train(device, chosen, sessions.file(), log, catalogue, out, resume);
      if (!done) {
        terminal.tell(
            "Stopped; what is trained so far is kept. Continue with: "
                + Shell.resuming(spec, resume));
      }
      return done ? 0 : Failure.FAILED;
    }
  }

  private int buildNeighbours(Map<String, String> base) throws IOException {
    NeighbourSettings chosen =
        settings.readNeighbours(NeighbourSettings.of(kindOfNeighbours(), base));
    if (resume) {
      throw new UserMistake(
          "--resume: %s is built at once, only gru has checkpoints".formatted(kind));
    }
    if (continued != null) {
      throw new UserMistake(
          "--continue: %s has no weights to go on from, expected --model gru; build it anew from all"
                  .formatted(kind)
              + " sessions");
    }
    SessionLog log = sessions.read(terminal);
    Catalogue items = catalogue == null ? null : Catalogue.read(catalogue);
    NeighbourResult result =
        new NeighbourTrainer()
            .train(
                new NeighbourRequest(
                    log, items, chosen, out, Provenance.of(sessions.file(), catalogue)));
    new TrainingSummary(terminal).print(sessions.file(), log, chosen, result, out);
    return 0;
  }

  private String kindOfNeighbours() {
    if (!NeighbourSettings.kinds().contains(kind)) {
      throw new UserMistake(
          "--model: expected %s or one of %s, got \"%s\""
              .formatted(GRU, String.join(", ", NeighbourSettings.kinds()), kind));
    }
    return kind;
  }

  private int trainGru(Map<String, String> base) throws IOException {
    Settings chosen =
        settings.read(continued == null ? Settings.of(base) : Trainer.settingsOf(continued));
    SessionLog log = sessions.read(terminal);
    Catalogue items = catalogue == null ? null : Catalogue.read(catalogue);
    TrainingRequest request =
        new TrainingRequest(
            log, items, chosen, out, resume, continued, Provenance.of(sessions.file(), catalogue));
    tellOfCheckpoint();
    interrupts.guard();
    TrainingProgress progress = new TrainingProgress(terminal, interrupts::isRequested);
    TrainingResult result = train(request, progress);
    if (result.interrupted()) {
      terminal.tell(
          "Stopped; a checkpoint is saved. Continue with: " + Shell.resuming(spec, resume));
      return Failure.FAILED;
    }
    new TrainingSummary(terminal).print(sessions.file(), log, chosen, progress.plan(), result, out);
    return 0;
  }

  private void tellOfCheckpoint() {
    Path checkpoint = out.resolveSibling(out.getFileName() + ".checkpoint");
    if (!resume && Files.isDirectory(checkpoint)) {
      terminal.tell(
          "note: %s holds an interrupted run; this one starts anew, --resume would continue it"
              .formatted(checkpoint));
    }
  }

  private TrainingResult train(TrainingRequest request, TrainingProgress progress) {
    try (Backend device = backend.open();
        progress) {
      return new Trainer(device).train(request, progress);
    }
  }
}
