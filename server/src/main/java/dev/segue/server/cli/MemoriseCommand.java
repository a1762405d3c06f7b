package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.engine.MemorisationProtocol;
import dev.segue.engine.MemorisationReport;
import dev.segue.engine.Settings;
import dev.segue.kernels.Backend;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue memorise`.
@Command(
    name = "memorise",
    customSynopsis = "segue memorise --catalogue DIR --out MODELDIR [OPTIONS]",
    description = {
      "Reproduces the mission's protocol, to show what its figures mean.",
      "",
      "Draws sessions at random, trains on them for all epochs and scores the last step of the same"
          + " sessions; beside that stands the score on sessions held out. It measures memory, not"
          + " quality: for that there is 'segue evaluate'."
    },
    footer = {"", "Example:", "  segue memorise --catalogue catalogue --out memorised"})
final class MemoriseCommand implements Callable<Integer> {
  @Option(
      names = "--catalogue",
      required = true,
      paramLabel = "DIR",
      description = "A directory written by 'segue prepare'.")
  private Path catalogue = Path.of("");

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "How many sessions. Default: one for 33 items, as the mission has it.")
  private @Nullable Integer sessions;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODELDIR",
      description = "Where the model that has memorised goes.")
  private Path out = Path.of("");

  @Mixin private SettingsOptions settings = new SettingsOptions();
  @Mixin private BackendOptions backend = new BackendOptions();

  private final Terminal terminal;

  MemoriseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Settings chosen = settings.read();
    Catalogue items = Catalogue.read(catalogue);
    int count =
        sessions == null
            ? Math.max(1, items.size() / MemorisationProtocol.ITEMS_PER_SESSION)
            : sessions;
    try (Backend device = backend.open();
        TrainingProgress progress = new TrainingProgress(terminal, () -> false)) {
      MemorisationReport report =
          new MemorisationProtocol(device).run(items, count, chosen, out, progress);
      terminal.print(report.toText().stripTrailing());
    }
    return 0;
  }
}
