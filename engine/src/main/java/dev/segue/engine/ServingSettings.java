package dev.segue.engine;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// How a [Recommender] computes.
///
/// @param backend where
/// @param threads computing threads of a CPU backend, 0 for one per processor
/// @param onPass is told the number of requests of every pass over the model's weights, on the
///   thread that ran it: concurrent requests share passes. It must be quick and safe for many
///   threads
public record ServingSettings(BackendChoice backend, int threads, IntConsumer onPass) {
  private static final ServingSettings DEFAULTS =
      new ServingSettings(BackendChoice.AUTO, 0, requests -> {});

  /// Checks the number of threads.
  public ServingSettings {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "serving: threads, expected 0 or more, got %d".formatted(threads));
    }
  }

  /// Returns the best backend of this machine with all its processors.
  public static ServingSettings defaults() {
    return DEFAULTS;
  }

  /// Returns these settings with another backend and number of threads.
  public ServingSettings on(BackendChoice choice, int count) {
    return new ServingSettings(choice, count, onPass);
  }

  /// Returns these settings with another listener.
  public ServingSettings onPass(IntConsumer listener) {
    return new ServingSettings(backend, threads, listener);
  }

  /// Opens the backend.
  ///
  /// @param report receives a line about the choice
  Backend open(Consumer<String> report) {
    int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    return Backends.openForServing(backend, count, report);
  }
}
