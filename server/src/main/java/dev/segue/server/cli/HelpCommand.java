package dev.segue.server.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `segue help`.
@Command(
    name = "help",
    customSynopsis = "segue help [COMMAND]",
    description = "Shows the help of a command.",
    footer = {"", "Example:", "  segue help train"})
final class HelpCommand implements Runnable {
  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
  private @Nullable String command;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec == null) {
      return;
    }
    CommandLine segue = spec.parent().commandLine();
    CommandLine asked = command == null ? segue : segue.getSubcommands().get(command);
    if (asked == null) {
      throw new UserMistake("unknown command '%s', see 'segue --help'".formatted(command));
    }
    asked.usage(segue.getOut());
  }
}
