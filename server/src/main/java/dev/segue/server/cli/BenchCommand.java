package dev.segue.server.cli;

import dev.segue.kernels.Backend;
import dev.segue.server.bench.Bench;
import dev.segue.server.bench.BenchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue bench`.
@Command(
    name = "bench",
    customSynopsis = "segue bench [OPTIONS]",
    description = {
      "Measures what Segue does on this machine, in less than two minutes.",
      "",
      "Runs the main operations at the sizes of the default model (embedding 128, hidden 256) on"
          + " random numbers, and prints the median time of a run, the time that nine of ten runs"
          + " kept to, and the work of a second. For comparisons with other libraries see"
          + " benchmarks/README.md."
    },
    footer = {"", "Example:", "  segue bench --items 1000000 --json bench.json"})
final class BenchCommand implements Callable<Integer> {
  private static final double NINE_OF_TEN = 0.9;

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "110000",
      description = "Items to rank. Default: ${DEFAULT-VALUE}.")
  private int items;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "Time for each of the six measurements. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write what was measured as JSON.")
  private @Nullable Path json;

  @Mixin private BackendOptions backend = new BackendOptions();

  private final Terminal terminal;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (!(seconds >= 0 && seconds <= 60)) {
      throw new UserMistake("--seconds: expected 0 to 60, got " + seconds);
    }
    long start = System.nanoTime();
    try (Backend device = backend.open()) {
      Machine machine = Machine.here(device.description());
      Bench bench = new Bench(device, items, seconds);
      machine.lines().forEach(terminal::print);
      List<BenchResult> results =
          bench.run(what -> terminal.status("Measuring %s …".formatted(what)));
      terminal.print("");
      table(results).lines().forEach(terminal::print);
      terminal.print("");
      terminal.print(
          String.format(
              Locale.ROOT,
              "Took %.0f s. Whatever else runs makes these figures worse; measure twice to see how much.",
              (System.nanoTime() - start) / 1e9));
      if (json != null) {
        BenchJson.write(json, machine, results);
        terminal.tell("Wrote " + json + ".");
      }
    }
    return 0;
  }

  private static TextTable table(List<BenchResult> results) {
    TextTable table = new TextTable();
    table.add(List.of("", "median", "9 of 10", "runs", "a second"));
    for (BenchResult result : results) {
      table.add(
          List.of(
              result.task().name(),
              time(result.medianMicros()),
              time(result.micros(NINE_OF_TEN)),
              String.format(Locale.ROOT, "%,d", result.nanos().length),
              rate(result)));
    }
    return table;
  }

  private static String rate(BenchResult result) {
    int decimals = result.rate() < 10 ? 1 : 0;
    return String.format(
        Locale.ROOT, "%,." + decimals + "f %s", result.rate(), result.task().unit());
  }

  private static String time(double micros) {
    double value = micros < 1000 ? micros : micros / 1000;
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    String unit = micros < 1000 ? "µs" : "ms";
    return String.format(Locale.ROOT, "%,." + decimals + "f %s", value, unit);
  }
}
