package dev.segue.server;

import dev.segue.server.cli.SegueCommand;

/// The entry of the command line, `segue`.
public final class Main {
  private Main() {}

  /// Runs a command and ends the process with its exit code: 0 done, 1 failed, 2 a user's mistake.
  public static void main(String[] arguments) {
    System.exit(SegueCommand.run(arguments));
  }
}
