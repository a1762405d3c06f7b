package dev.segue.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `segue` with its sub-commands.
@Command(
    name = "segue",
    mixinStandardHelpOptions = true,
    description = "Session-based, cross-domain recommendations.")
public final class SegueCommand implements Runnable {
  private SegueCommand() {}

  /// Runs a command line and returns its exit code.
  public static int run(String... arguments) {
    return new CommandLine(new SegueCommand()).execute(arguments);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
