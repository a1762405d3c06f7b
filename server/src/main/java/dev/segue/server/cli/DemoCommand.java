package dev.segue.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `segue demo`: a script of the other commands, each shown before it runs.
@Command(
    name = "demo",
    customSynopsis = "segue demo [OPTIONS]",
    description = {
      "Shows everything on the bundled sample, in a minute or two.",
      "",
      "Prepares the sample, simulates sessions, trains the mission's model on the CPU, measures it on"
          + " sessions held out, recommends for an example session and serves the dashboard. Every"
          + " command that it runs is shown, to be copied."
    },
    footer = {"", "Examples:", "  segue demo", "  segue demo --no-serve --work /tmp/segue-demo"})
final class DemoCommand implements Callable<Integer> {
  private static final String SESSIONS = "6000";

  @Option(names = "--no-serve", description = "End before the dashboard.")
  private boolean noServe;

  @Mixin private ListenOptions listen = new ListenOptions();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where the files go. Default: .segue/demo in the current directory.")
  private Path work = Path.of(".segue", "demo");

  @ParentCommand private @Nullable SegueCommand segue;

  private final Terminal terminal;
  private final Interrupts interrupts;

  DemoCommand(Terminal terminal, Interrupts interrupts) {
    this.terminal = terminal;
    this.interrupts = interrupts;
  }

  private record Step(String headline, List<String> arguments) {}

  @Override
  public Integer call() {
    listen.check();
    int number = 0;
    List<Step> steps = steps();
    for (Step step : steps) {
      terminal.print("");
      terminal.print("%d/%d  %s".formatted(++number, steps.size(), step.headline()));
      terminal.print(
          "$ segue " + String.join(" ", step.arguments().stream().map(Shell::quote).toList()));
      int exitCode = SegueCommand.run(terminal, interrupts, withFlags(step.arguments()));
      if (exitCode != 0 || (interrupts.isRequested() && number < steps.size())) {
        return exitCode == 0 ? Failure.FAILED : exitCode;
      }
    }
    return 0;
  }

  private List<Step> steps() {
    String catalogue = file("catalogue");
    String events = file("events.csv");
    String model = file("model");
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            "The bundled sample becomes one catalogue",
            List.of("prepare", "--sample", "--out", catalogue)));
    steps.add(
        new Step(
            "Sessions of people with a taste, simulated: real ones would be your click log",
            List.of(
                "simulate",
                "--catalogue",
                catalogue,
                "--mode",
                "taste",
                "--sessions",
                SESSIONS,
                "--seed",
                "42",
                "--out",
                events)));
    steps.add(
        new Step(
            "The last tenth by time is held out",
            List.of("split", "--sessions", events, "--test", "0.1", "--out", work.toString())));
    steps.add(
        new Step(
            "The mission's model on the CPU, every setting at its default",
            List.of(
                "train",
                "--sessions",
                file("train.csv"),
                "--catalogue",
                catalogue,
                "--backend",
                "vector",
                "--out",
                model)));
    steps.add(
        new Step(
            "How good is it on the sessions that it has not seen?",
            List.of(
                "evaluate",
                "--model",
                model,
                "--sessions",
                file("test.csv"),
                "--json",
                file("metrics.json"))));
    steps.add(
        new Step(
            "What comes next after two films and a song?",
            List.of(
                "recommend",
                "--model",
                model,
                "--session",
                "The Matrix",
                "--session",
                "Inception",
                "--session",
                "Bohemian Rhapsody",
                "-k",
                "5")));
    if (!noServe) {
      steps.add(
          new Step(
              "The dashboard",
              List.of(
                  "serve",
                  "--model",
                  model,
                  "--host",
                  listen.host(),
                  "--port",
                  String.valueOf(listen.port()))));
    }
    return steps;
  }

  private String file(String name) {
    return work.resolve(name).toString();
  }

  private String[] withFlags(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    if (segue != null) {
      all.addAll(segue.flags());
    }
    return all.toArray(String[]::new);
  }
}
