package dev.segue.server.cli;

import dev.segue.engine.ServingSettings;
import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import picocli.CommandLine.Option;

/// The options that choose where to compute.
final class BackendOptions {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "auto, scalar, vector or cuda; see 'segue devices'. Default: ${DEFAULT-VALUE}, the best that can"
              + " be had.")
  private String backend = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Computing threads of a CPU backend. Default: one per processor.")
  private int threads;

  /// Opens the backend; the caller closes it.
  Backend open() {
    ServingSettings settings = forServing();
    return settings.threads() == 0
        ? Backends.open(settings.backend())
        : Backends.open(settings.backend(), settings.threads());
  }

  /// Returns the same choice for a recommender, which opens the backend itself.
  ServingSettings forServing() {
    BackendChoice choice = BackendChoice.parse(backend);
    if (threads < 0) {
      throw new UserMistake("--threads: expected at least 1, got " + threads);
    }
    return ServingSettings.defaults().on(choice, threads);
  }
}
