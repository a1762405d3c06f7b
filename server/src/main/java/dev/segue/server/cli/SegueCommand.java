package dev.segue.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command `segue` with its sub-commands.
@Command(
    name = "segue",
    scope = ScopeType.INHERIT,
    customSynopsis = "segue COMMAND [OPTIONS]",
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpWidth = 96,
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    description = {
      "Recommends the next movie, song or book from what someone does in the current session.",
      "The usual way: prepare, simulate (or your own click log), split, train, evaluate, serve."
    },
    footer = {
      "",
      "Start with:  segue demo",
      "Help:        segue help COMMAND  or  segue COMMAND --help",
      "Exit codes:  0 done, 1 failed, 2 a mistake in what was asked for"
    })
public final class SegueCommand implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli alone looks at it
  private boolean helpAsked;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // picocli alone looks at it
  private boolean versionAsked;

  @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Log more of what happens.")
  private boolean verbose;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error (so does SEGUE_DEBUG=1).")
  private boolean debug = System.getenv("SEGUE_DEBUG") != null;

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  private SegueCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Runs a command line and returns its exit code: 0 done, 1 failed, 2 a user's mistake.
  public static int run(String... arguments) {
    try (Interrupts interrupts = new Interrupts()) {
      return run(Terminal.ofProcess(), interrupts, arguments);
    }
  }

  /// Runs a command line over other streams.
  static int run(Terminal terminal, Interrupts interrupts, String... arguments) {
    int exitCode = commandLine(terminal, interrupts).execute(arguments);
    IOException lost = terminal.writeError();
    if (lost == null || exitCode != 0) {
      return exitCode;
    }
    // Whoever closed the pipe, as `head` does, has read enough: nothing to complain about.
    if (!String.valueOf(lost.getMessage()).contains("Broken pipe")) {
      terminal.tell("segue: standard output: " + Failure.of(lost).line());
    }
    return Failure.FAILED;
  }

  private static CommandLine commandLine(Terminal terminal, Interrupts interrupts) {
    SegueCommand segue = new SegueCommand(terminal);
    CommandLine line =
        new CommandLine(segue)
            .addSubcommand(new DemoCommand(terminal, interrupts))
            .addSubcommand(new FetchCommand(terminal))
            .addSubcommand(new PrepareCommand(terminal))
            .addSubcommand(new ImportCommand(terminal))
            .addSubcommand(new ExploreCommand(terminal))
            .addSubcommand(new SimulateCommand(terminal))
            .addSubcommand(new SplitCommand(terminal))
            .addSubcommand(new TuneCommand(terminal, interrupts))
            .addSubcommand(new TrainCommand(terminal, interrupts))
            .addSubcommand(new BlendCommand(terminal))
            .addSubcommand(new EvaluateCommand(terminal))
            .addSubcommand(new RecommendCommand(terminal))
            .addSubcommand(new SimilarCommand(terminal))
            .addSubcommand(new ServeCommand(terminal, interrupts))
            .addSubcommand(new ExportCommand(terminal))
            .addSubcommand(new MemoriseCommand(terminal))
            .addSubcommand(new BenchCommand(terminal))
            .addSubcommand(new DevicesCommand(terminal))
            .addSubcommand(new HelpCommand());
    for (CommandLine command : line.getSubcommands().values()) {
      SettingsOptions.addToHelp(command.getCommandSpec());
    }
    return line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setExecutionStrategy(segue::execute)
        .setExecutionExceptionHandler((error, command, parsed) -> segue.failed(error, command))
        .setParameterExceptionHandler((mistake, given) -> segue.mistaken(mistake));
  }

  /// Returns the flags of the whole command line, for a command that runs others.
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    if (verbose) {
      flags.add("--verbose");
    }
    if (debug) {
      flags.add("--debug");
    }
    return flags;
  }

  private int execute(ParseResult parsed) {
    Logging.configure(terminal, verbose, debug);
    return new RunLast().execute(parsed);
  }

  private int failed(Throwable error, CommandLine command) {
    Failure failure = Failure.of(error);
    CommandSpec spec = command.getCommandSpec();
    // Some messages begin with the name of the operation, which may be that of the command.
    String line = failure.line().replaceFirst("^" + spec.name() + ": ", "");
    terminal.tell(spec.qualifiedName() + ": " + line);
    if (debug) {
      terminal.tell(StackTrace.of(error));
    }
    return failure.exitCode();
  }

  private int mistaken(ParameterException mistake) {
    String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
    terminal.tell(
        "%s: %s; try '%s --help'".formatted(command, ParsingMistake.describe(mistake), command));
    return Failure.MISTAKE;
  }

  /// Prints the help, for `segue` alone.
  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
