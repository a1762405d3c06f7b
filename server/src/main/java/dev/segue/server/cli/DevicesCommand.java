package dev.segue.server.cli;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.BackendUnavailableException;
import dev.segue.kernels.Backends;
import picocli.CommandLine.Command;

/// `segue devices`.
@Command(
    name = "devices",
    customSynopsis = "segue devices",
    description = "Lists the backends: what can compute here, or why not.",
    footer = {"", "Example:", "  segue devices"})
final class DevicesCommand implements Runnable {
  private final Terminal terminal;

  DevicesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    for (BackendChoice choice : BackendChoice.values()) {
      if (choice != BackendChoice.AUTO) {
        terminal.print("%-7s  %s".formatted(choice, state(choice)));
      }
    }
  }

  private static String state(BackendChoice choice) {
    try (Backend backend = Backends.open(choice)) {
      return "available: " + backend.description();
    } catch (BackendUnavailableException e) {
      return "not available: " + Failure.of(e).line();
    }
  }
}
