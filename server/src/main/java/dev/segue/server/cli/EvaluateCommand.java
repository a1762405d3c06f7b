package dev.segue.server.cli;

import dev.segue.data.SessionLog;
import dev.segue.engine.EvaluationReport;
import dev.segue.engine.Evaluator;
import dev.segue.engine.TrainedModel;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue evaluate`.
@Command(
    name = "evaluate",
    customSynopsis = "segue evaluate --model MODELDIR --sessions FILE [OPTIONS]",
    description = {
      "Measures a model on sessions that it has not seen, beside baselines.",
      "",
      "Every event after a session's first is predicted from those before it; all items are ranked,"
          + " and ties count against the model. The baselines are popularity (of all times, recent,"
          + " and within the session), Markov (what directly followed an item), content, and methods"
          + " that ask past sessions (item-knn, sequential-rules, vsknn, stan, vstan) where the model"
          + " directory has an index of them."
    },
    footer = {
      "",
      "Example:",
      "  segue evaluate --model model --sessions test.csv -k 1,5,10,20 --json metrics.json"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODELDIR",
      description = "A directory written by 'segue train'.")
  private Path model = Path.of("");

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
      names = "--latency",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also time N predictions of each model, one at a time on one thread. Default: none.")
  private int latency;

  @Mixin private BackendOptions backend = new BackendOptions();

  private final Terminal terminal;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Evaluator evaluator =
        new Evaluator(cutoffs).withListener(this::showProgress).withLatency(latency);
    SessionLog log = sessions.read(terminal);
    try (Backend device = backend.open();
        TrainedModel trained = TrainedModel.read(model, device)) {
      if (Provenance.trainedOn(trained.config(), sessions.file())) {
        terminal.tell(
            "warning: these sessions were trained on: this shows memorisation, not quality");
      }
      terminal.status("Ranking all items after every event …");
      EvaluationReport report = evaluator.evaluate(trained, log);
      EvaluationTable.lines(report, sessions.file()).forEach(terminal::print);
      if (json != null) {
        write(report, json);
      }
    }
    return 0;
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
