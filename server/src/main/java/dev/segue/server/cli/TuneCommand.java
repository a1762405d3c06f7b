package dev.segue.server.cli;

import dev.segue.data.SessionLog;
import dev.segue.engine.tuning.Objective;
import dev.segue.engine.tuning.SearchSpace;
import dev.segue.engine.tuning.SettingsFile;
import dev.segue.engine.tuning.Trial;
import dev.segue.engine.tuning.Tuner;
import dev.segue.engine.tuning.TuningRequest;
import dev.segue.engine.tuning.TuningResult;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `segue tune`.
@Command(
    name = "tune",
    customSynopsis = "segue tune --sessions FILE --out SETTINGS [OPTIONS]",
    description = {
      "Searches good settings for a log.",
      "",
      "Settings are drawn at random from a space. All of them get a little training, the better"
          + " ones get more, until one is left. The last sessions by time say what is better: give"
          + " the training log, never a test file. 'segue train --settings SETTINGS' takes the"
          + " result.",
      "",
      "Every trial is a line of SETTINGS.trials.jsonl. Ctrl-C stops in good order, and --resume"
          + " goes on."
    },
    footer = {
      "",
      "Examples:",
      "  segue tune --sessions train.csv --trials 27 --epochs 9 --out best.json",
      "  segue tune --sessions train.csv --model vstan --out best.json",
      "  segue tune --sessions train.csv --space my-space.json --objective mrr --out best.json"
    })
final class TuneCommand implements Callable<Integer> {
  @Mixin private SessionsOptions sessions = new SessionsOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "SETTINGS",
      description = "The settings file to write, JSON.")
  private Path out = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "KIND",
      defaultValue = "gru",
      description =
          "What to tune in its built-in space: gru, vstan, stan, vsknn, item-knn or"
              + " sequential-rules. Default: ${DEFAULT-VALUE}.")
  private String kind = "gru";

  @Option(
      names = "--space",
      paramLabel = "FILE",
      description = "A space of your own, JSON; engine/README.md shows one. It names the model.")
  private @Nullable Path space;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "27",
      description = "How many settings to draw. Default: ${DEFAULT-VALUE}.")
  private int trials;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "9",
      description =
          "Epochs of a GRU that stays to the end; the first round has fewer. Default:"
              + " ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "One trial of N stays after a round, and gets N times as much. Default:"
              + " ${DEFAULT-VALUE}.")
  private int keep;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      defaultValue = "both",
      description =
          "What is better: recall (Recall@20), mrr (MRR@20), or both, their mean. Default:"
              + " ${DEFAULT-VALUE}.")
  private String objective = "both";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the draws. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--resume", description = "Go on with the trials that are there.")
  private boolean resume;

  @Mixin private BackendOptions backend = new BackendOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final Interrupts interrupts;

  TuneCommand(Terminal terminal, Interrupts interrupts) {
    this.terminal = terminal;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws IOException {
    SearchSpace chosen = space == null ? SearchSpace.builtIn(kind) : SearchSpace.read(space);
    Path log = beside(".trials.jsonl");
    requireFresh(log);
    SessionLog read = sessions.read(terminal);
    TuningRequest request =
        new TuningRequest(
            read, chosen, objective(), trials, epochs, keep, seed, log, beside(".work"));
    interrupts.guard();
    TuningResult result = tune(request);
    Trial best = result.best();
    if (best == null) {
      terminal.tell("Stopped. Go on with: " + Shell.resuming(spec, resume));
      return Failure.FAILED;
    }
    SettingsFile found = new SettingsFile(chosen.model(), best.settings(), provenance(best));
    OutputFile.write(out, writer -> writer.append(found.toJson()));
    print(best, log);
    return 0;
  }

  private Objective objective() {
    return switch (objective) {
      case "recall" -> Objective.RECALL;
      case "mrr" -> Objective.MRR;
      case "both" -> Objective.BOTH;
      default ->
          throw new UserMistake(
              "--objective: expected recall, mrr or both, got \"%s\"".formatted(objective));
    };
  }

  private Path beside(String ending) {
    return out.resolveSibling(out.getFileName() + ending);
  }

  private void requireFresh(Path log) {
    if (Files.isDirectory(out)) {
      throw new UserMistake("--out: %s is a directory, expected the name of a file".formatted(out));
    }
    if (!resume && Files.exists(log)) {
      throw new UserMistake(
          "%s holds trials already: --resume goes on with them, another --out begins anew"
              .formatted(log));
    }
    if (resume && !Files.exists(log)) {
      throw new UserMistake("--resume: there are no trials at " + log);
    }
  }

  private TuningResult tune(TuningRequest request) {
    try (Backend device = backend.open();
        TuningProgress progress = new TuningProgress(terminal, interrupts::isRequested)) {
      return new Tuner(device).tune(request, progress);
    }
  }

  private Map<String, Object> provenance(Trial best) throws IOException {
    Map<String, Object> entries = new LinkedHashMap<>(Provenance.of(sessions.file(), null));
    entries.put("command", Shell.command(spec));
    entries.put("segue", new Version().getVersion()[0]);
    entries.put("trial", best.number());
    if (best.bestEpoch() > 0) {
      entries.put("bestEpoch", best.bestEpoch());
    }
    entries.put("validation.recall@20", best.recall());
    entries.put("validation.mrr@20", best.mrr());
    return entries;
  }

  private void print(Trial best, Path log) {
    terminal.print(
        String.format(
            Locale.ROOT,
            "best      trial %d of %d%s: Recall@20 %.4f, MRR@20 %.4f on the last sessions by time",
            best.number(),
            trials,
            best.bestEpoch() == 0 ? "" : " after epoch " + best.bestEpoch(),
            best.recall(),
            best.mrr()));
    terminal.print("settings  " + TuningProgress.text(best.settings()));
    terminal.print("trials    " + log);
    terminal.print("written   " + out);
    terminal.print(
        "Train it with: segue train --sessions %s --settings %s --out model"
            .formatted(Shell.quote(sessions.file().toString()), Shell.quote(out.toString())));
  }
}
