package dev.segue.server.cli;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.BackendUnavailableException;
import dev.segue.kernels.Backends;
import dev.segue.kernels.CudaReport;
import dev.segue.kernels.CudaReport.Part.Present;
import picocli.CommandLine.Command;

/// `segue devices`.
@Command(
    name = "devices",
    customSynopsis = "segue devices",
    description = "Lists the backends: what can compute here, or why not.",
    footer = {"", "Example:", "  segue devices"})
final class DevicesCommand implements Runnable {
  private static final String MARGIN = " ".repeat(9);

  /// How a refusal begins, which the line says already.
  private static final String WHICH = "^backend: \\w+ cannot be used: ";

  private final Terminal terminal;

  DevicesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    print(BackendChoice.SCALAR, state(BackendChoice.SCALAR));
    print(BackendChoice.VECTOR, state(BackendChoice.VECTOR));
    CudaReport cuda = Backends.cudaReport();
    boolean hasDriver = cuda.driver() instanceof Present;
    print(BackendChoice.CUDA, hasDriver ? state(BackendChoice.CUDA) : "not available");
    CudaText.lines(cuda).forEach(line -> terminal.print(MARGIN + line));
  }

  private void print(BackendChoice choice, String state) {
    terminal.print("%-7s  %s".formatted(choice, state));
  }

  private static String state(BackendChoice choice) {
    try (Backend backend = Backends.open(choice)) {
      return "available: " + backend.description();
    } catch (BackendUnavailableException e) {
      return "not available: " + Failure.of(e).line().replaceFirst(WHICH, "");
    }
  }
}
