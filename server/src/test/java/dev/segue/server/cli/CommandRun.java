package dev.segue.server.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One command line, run in this process with captured streams.
record CommandRun(int exitCode, String out, String err) {
  /// Runs a command line as it runs in a pipe.
  static CommandRun of(Object... arguments) {
    return run(false, arguments);
  }

  /// Runs a command line as it runs in a terminal.
  static CommandRun interactive(Object... arguments) {
    return run(true, arguments);
  }

  private static CommandRun run(boolean interactive, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    try (Interrupts interrupts = new Interrupts()) {
      int exitCode = SegueCommand.run(new Terminal(out, err, interactive), interrupts, texts);
      return new CommandRun(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  /// Returns the lines of standard error.
  List<String> errorLines() {
    return err.lines().toList();
  }
}
