package dev.segue.server.cli;

import dev.segue.data.SessionLog;
import dev.segue.engine.EvaluationReport;
import dev.segue.engine.EvaluationScope;
import dev.segue.engine.Evaluator;
import dev.segue.engine.Resampling;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue evaluate`.
@Command(
    name = "evaluate",
    customSynopsis = "segue evaluate --model MODELDIR... --sessions FILE [OPTIONS]",
    description = {
      "Measures a model or several on sessions that they have not seen, beside baselines.",
      "",
      "Every event after a session's first is predicted from those before it; all items are ranked,"
          + " and ties count against the model. The baselines are popularity (of all times, recent,"
          + " and within the session), Markov (what directly followed an item), content, and"
          + " methods that ask past sessions (item-knn, sequential-rules, vsknn, stan, vstan) where"
          + " the model directory has an index of them.",
      "",
      "Intervals are where 95 of 100 repetitions would lie, by drawing the sessions anew; every"
          + " other model is compared with the first over the same draws."
    },
    footer = {
      "",
      "Examples:",
      "  segue evaluate --model model --sessions test.csv -k 1,5,10,20 --json metrics.json",
      "  segue evaluate --model gru --model blend --sessions test.csv --report report.html",
      "  segue evaluate --model both --model movies --sessions test.csv --within-domain"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final long SEED = 42;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODELDIR",
      description =
          "A directory written by 'segue train'; repeated, to compare several with the first.")
  private List<Path> models = new ArrayList<>();

  @Mixin private SessionsOptions sessions = new SessionsOptions();

  @Option(
      names = "-k",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,5,10,20",
      description = "Cut-offs of the lists. Default: ${DEFAULT-VALUE}.")
  private int[] cutoffs = {};

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write everything that was measured as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write a page with charts, comparisons, ten example sessions and how it was made; it"
              + " needs no other file and no network.")
  private @Nullable Path page;

  @Option(
      names = "--latency",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also time N predictions of each model, one at a time on one thread. Default: none.")
  private int latency;

  @Option(
      names = "--diversity",
      paramLabel = "D",
      description =
          "Measure each model once more with lists in which items that are alike are held apart, 0"
              + " to 1, and how diverse all lists are. Default: not.")
  private @Nullable Double diversity;

  @Option(
      names = "--targets",
      paramLabel = "WHICH",
      defaultValue = "all",
      description =
          "Which targets count: all, next-day (of a later day than the event before), trained or"
              + " cold (the first model was trained on the item, or not). Default: ${DEFAULT-VALUE}.")
  private String targets = "all";

  @Option(
      names = "--within-domain",
      description =
          "Rank each target among the items of its own domain alone, to compare with models of one"
              + " domain.")
  private boolean withinDomain;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Draws of the sessions for the intervals, 0 for none. Default: ${DEFAULT-VALUE}.")
  private int resamples;

  @Mixin private BackendOptions backend = new BackendOptions();

  private final Terminal terminal;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Stream.of(Optional.ofNullable(json), Optional.ofNullable(page))
        .flatMap(Optional::stream)
        .forEach(OutputFile::check);
    Evaluator evaluator =
        new Evaluator(cutoffs)
            .withListener(this::showProgress)
            .withLatency(latency)
            .withScope(new EvaluationScope(EvaluationScope.Targets.of(targets), withinDomain))
            .withResampling(new Resampling(resamples, SEED));
    if (diversity != null) {
      evaluator = evaluator.withDiversity(diversity);
    }
    SequencedMap<String, Path> names = ModelNames.of(models);
    SessionLog log = sessions.read(terminal);
    try (Backend device = backend.open();
        LoadedModels loaded = LoadedModels.read(names, device)) {
      warn(loaded);
      terminal.status("Ranking all items after every event …");
      EvaluationReport report = evaluator.evaluate(loaded.byName(), log);
      EvaluationTable.lines(report, sessions.file()).forEach(terminal::print);
      if (json != null) {
        write(report, json);
      }
      if (page != null) {
        new EvaluationPageWriter(loaded, models, sessions.file(), device.description())
            .write(page, report, log);
        terminal.tell("Wrote " + page + ".");
      }
    }
    return 0;
  }

  private void warn(LoadedModels loaded) throws IOException {
    for (var entry : loaded.byName().entrySet()) {
      if (Provenance.trainedOn(entry.getValue().config(), sessions.file())) {
        String which = models.size() == 1 ? "" : entry.getKey() + ": ";
        terminal.tell(
            "warning: %sthese sessions were trained on: this shows memorisation, not quality"
                .formatted(which));
      }
    }
    loaded.differences().forEach(terminal::tell);
  }

  private void showProgress(String name, long done, long total) {
    terminal.status(
        String.format(Locale.ROOT, "Ranking all items with %s: %d %%", name, 100 * done / total));
  }

  private void write(EvaluationReport report, Path file) throws IOException {
    OutputFile.write(file, writer -> writer.append(report.toJson()).append('\n'));
    terminal.tell("Wrote " + file + ".");
  }
}
