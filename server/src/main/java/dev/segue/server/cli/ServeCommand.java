package dev.segue.server.cli;

import dev.segue.engine.Recommender;
import dev.segue.server.web.RecommendationApi;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `segue serve`.
@Command(
    name = "serve",
    customSynopsis = "segue serve --model MODELDIR [OPTIONS]",
    description = {
      "Serves the dashboard and the HTTP API until Ctrl-C.",
      "",
      "Listens on this machine alone unless --host says otherwise."
    },
    footer = {
      "",
      "Example:",
      "  segue serve --model model --port 7070",
      "  curl localhost:7070/health/ready"
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private RecommenderOptions recommenderOptions = new RecommenderOptions();
  @Mixin private ListenOptions listen = new ListenOptions();

  private final Terminal terminal;
  private final Interrupts interrupts;

  ServeCommand(Terminal terminal, Interrupts interrupts) {
    this.terminal = terminal;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws InterruptedException {
    listen.check();
    try (Recommender recommender = recommenderOptions.load();
        RecommendationApi api = start(recommender)) {
      interrupts.guard();
      terminal.print(recommender.description());
      terminal.print(
          "Dashboard and API: http://%s:%d/  (Ctrl-C ends)".formatted(listen.host(), api.port()));
      interrupts.await();
      terminal.tell("Stopping.");
    }
    return 0;
  }

  /// An address that cannot be had is for the user to change.
  private RecommendationApi start(Recommender recommender) {
    try {
      return RecommendationApi.start(recommender, listen.host(), listen.port());
    } catch (IOException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }
}
