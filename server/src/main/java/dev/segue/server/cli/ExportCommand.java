package dev.segue.server.cli;

import dev.segue.engine.TrainedModel;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `segue export`.
@Command(
    name = "export",
    customSynopsis = "segue export --model MODELDIR --onnx FILE [OPTIONS]",
    description = {
      "Writes a model as an ONNX file, for runtimes that know nothing of Segue.",
      "",
      "Inputs: items (batch × time, item numbers, oldest first) and hidden (layers × batch × hidden"
          + " size; zeros for a new session). Outputs: scores (batch × all items), with --top also"
          + " top_items and top_scores, and next_hidden, the hidden of the next call: give a"
          + " session's items in one call or one by one. Item number n is line n, from 0, of"
          + " items.jsonl in the model's directory. Weights above 2 GiB go into FILE.data beside it."
    },
    footer = {"", "Example:", "  segue export --model model --onnx model.onnx --top 20"})
final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODELDIR",
      description = "A directory written by 'segue train'.")
  private Path model = Path.of("");

  @Option(
      names = "--onnx",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; replaced if it is there.")
  private Path onnx = Path.of("");

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "0",
      description = "Also give the numbers and scores of the best K items. Default: only scores.")
  private int top;

  private final Terminal terminal;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.isDirectory(onnx)) {
      throw new UserMistake("--onnx: %s is a directory, expected a file's name".formatted(onnx));
    }
    try (Backend backend = Backends.open(BackendChoice.SCALAR);
        TrainedModel trained = TrainedModel.read(model, backend)) {
      for (Path file : trained.writeOnnx(onnx, top)) {
        terminal.print(
            String.format(Locale.ROOT, "Wrote %s, %.1f MB", file, Files.size(file) / 1_000_000.0));
      }
      terminal.print(
          String.format(
              Locale.ROOT,
              "%,d items; item number n is line n, from 0, of %s",
              trained.gru().vocabularySize(),
              model.resolve("items.jsonl")));
    }
    return 0;
  }
}
