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
    List<Step> steps = new ArrayList<>();
    addData(steps);
    addModel(steps);
    if (!noServe) {
      String port = String.valueOf(listen.port());
      add(
          steps,
          "The dashboard",
          List.of("serve", "--model", file("model"), "--host", listen.host(), "--port", port));
    }
    return steps;
  }

  private void addData(List<Step> steps) {
    String catalogue = file("catalogue");
    String events = file("events.csv");
    add(
        steps,
        "The bundled sample becomes one catalogue",
        List.of("prepare", "--sample", "--out", catalogue));
    List<String> simulate = new ArrayList<>(List.of("simulate", "--catalogue", catalogue));
    simulate.addAll(List.of("--mode", "taste", "--sessions", SESSIONS, "--seed", "42"));
    simulate.addAll(List.of("--out", events));
    add(
        steps,
        "Sessions of people with a taste, simulated: real ones would be your click log",
        simulate);
    add(
        steps,
        "The last tenth by time is held out",
        List.of("split", "--sessions", events, "--test", "0.1", "--out", work.toString()));
  }

  private void addModel(List<Step> steps) {
    String model = file("model");
    List<String> train = new ArrayList<>(List.of("train", "--sessions", file("train.csv")));
    train.addAll(List.of("--catalogue", file("catalogue"), "--backend", "vector"));
    train.addAll(List.of("--out", model));
    add(steps, "The mission's model on the CPU, every setting at its default", train);
    List<String> evaluate = new ArrayList<>(List.of("evaluate", "--model", model));
    evaluate.addAll(List.of("--sessions", file("test.csv"), "--json", file("metrics.json")));
    add(steps, "How good is it on the sessions that it has not seen?", evaluate);
    List<String> recommend = new ArrayList<>(List.of("recommend", "--model", model));
    for (String title : List.of("The Matrix", "Inception", "Bohemian Rhapsody")) {
      recommend.addAll(List.of("--session", title));
    }
    recommend.addAll(List.of("-k", "5"));
    add(steps, "What comes next after two films and a song?", recommend);
  }

  private static void add(List<Step> steps, String headline, List<String> arguments) {
    steps.add(new Step(headline, arguments));
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
