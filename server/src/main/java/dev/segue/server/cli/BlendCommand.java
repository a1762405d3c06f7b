package dev.segue.server.cli;

import dev.segue.data.SessionLog;
import dev.segue.engine.BlendRequest;
import dev.segue.engine.BlendResult;
import dev.segue.engine.Blender;
import dev.segue.engine.NeighbourSettings;
import dev.segue.kernels.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue blend`.
@Command(
    name = "blend",
    customSynopsis = "segue blend --model MODELDIR --sessions FILE --out MODELDIR [OPTIONS]",
    description = {
      "Puts past sessions beside a trained GRU, as one model.",
      "",
      "The sessions are the log that the GRU was trained on; its validation part chooses how much each"
          + " of the two has to say. Settings are those of the neighbourhood model."
    },
    footer = {
      "",
      "Example:",
      "  segue blend --model model --sessions events.csv --neighbours vstan --out blend"
    })
final class BlendCommand implements Callable<Integer> {
  static final String NEIGHBOURS = "--neighbours";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODELDIR",
      description = "A GRU, as 'segue train' wrote it.")
  private Path model = Path.of("");

  @Mixin private SessionsOptions sessions = new SessionsOptions();

  @Option(
      names = NEIGHBOURS,
      paramLabel = "KIND",
      defaultValue = "vstan",
      description = "vstan, stan, vsknn, item-knn or sequential-rules. Default: ${DEFAULT-VALUE}.")
  private String kind = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODELDIR",
      description = "The directory to write.")
  private Path out = Path.of("");

  @Mixin private SettingsOptions settings = new SettingsOptions();
  @Mixin private BackendOptions backend = new BackendOptions();

  private final Terminal terminal;

  BlendCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    NeighbourSettings chosen = settings.readNeighbours(kind);
    SessionLog log = sessions.read(terminal);
    try (Backend device = backend.open()) {
      BlendResult result =
          new Blender(device, (_, done, total) -> showProgress(done, total))
              .blend(new BlendRequest(model, log, chosen, out));
      terminal.clearStatus();
      print(result);
    }
    return 0;
  }

  private void showProgress(long done, long total) {
    terminal.status(
        String.format(Locale.ROOT, "Ranking the validation sessions: %d %%", 100 * done / total));
  }

  private void print(BlendResult result) {
    TextTable table = new TextTable();
    table.add(List.of("GRU's part", "Recall@20", "MRR@20"));
    result
        .tried()
        .forEach((weight, report) ->
            table.add(
                List.of(
                    String.format(Locale.ROOT, "%.1f", weight),
                    number(report.recall().values().iterator().next()),
                    number(report.mrr().values().iterator().next()))));
    table.lines().forEach(terminal::print);
    terminal.print("");
    terminal.print(
        String.format(
            Locale.ROOT,
            "%.1f is best on %,d validation sessions. Written: %s",
            result.weight(),
            result.validationSessions(),
            out));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
