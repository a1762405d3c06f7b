package dev.segue.kernels;

import dev.segue.kernels.cuda.CudaException;
import dev.segue.kernels.cuda.CudaProbe;
import dev.segue.kernels.cuda.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens backends; the only place that chooses one.
public final class Backends {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

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
    return open(choice, threads, WarmUp.ofIndex(), line -> Log.LOG.info(line));
  }

  /// Opens a backend that answers for single sessions before its kernels are compiled: as [#open],
  /// with the same results, and with two differences that make the first answer of a program
  /// quicker. Until a thread has warmed the kernels up, a GRU step of one session and a ranking
  /// without index are computed by plain loops. And the line about the choice is handed out.
  ///
  /// @param report receives the line that [#open] logs; to start logging takes as long as to read
  ///   100 MB of weights
  public static Backend openForServing(BackendChoice choice, int threads, Consumer<String> report) {
    return open(choice, threads, WarmUp.needed(), report);
  }

  /// Returns what this machine has for the CUDA backend, and why it lacks what it lacks.
  public static CudaReport cudaReport() {
    return CudaProbe.report();
  }

  private static Backend open(
      BackendChoice choice, int threads, WarmUp warmUp, Consumer<String> report) {
    if (threads < 1) {
      throw new IllegalArgumentException("backend: threads, expected at least 1, got " + threads);
    }
    if (choice == BackendChoice.AUTO) {
      return openBest(threads, warmUp, report);
    }
    String reason = refusal(choice);
    if (reason != null) {
      throw new BackendUnavailableException(
          "backend: %s cannot be used: %s".formatted(choice, reason));
    }
    try {
      return make(choice, threads, warmUp);
    } catch (CudaException e) {
      throw new BackendUnavailableException(
          "backend: %s cannot be used: %s".formatted(choice, e.getMessage()));
    }
  }

  private static Backend openBest(int threads, WarmUp warmUp, Consumer<String> report) {
    List<String> refusals = new ArrayList<>();
    for (BackendChoice choice :
        List.of(BackendChoice.CUDA, BackendChoice.VECTOR, BackendChoice.SCALAR)) {
      String reason =
          choice == BackendChoice.CUDA && !CudaProbe.isLikely()
              ? CudaProbe.UNLIKELY
              : refusal(choice);
      try {
        if (reason == null) {
          Backend backend = make(choice, threads, warmUp);
          report.accept("backend: " + backend.description() + "; " + String.join("; ", refusals));
          return backend;
        }
      } catch (CudaException e) {
        // A GPU that is there may have no memory left, or not take the kernels.
        reason = e.getMessage();
      }
      refusals.add("not " + choice + ": " + reason);
    }
    throw new BackendUnavailableException("backend: none can be used: " + refusals);
  }

  private static Backend make(BackendChoice choice, int threads, WarmUp warmUp) {
    return switch (choice) {
      case CUDA -> CudaBackend.open();
      case VECTOR -> new VectorBackend(threads, warmUp);
      case SCALAR, AUTO -> new ScalarBackend();
    };
  }

  /// Returns why a backend cannot be had and the cure, or null if it can.
  private static @Nullable String refusal(BackendChoice choice) {
    return switch (choice) {
      case CUDA -> CudaProbe.usable() instanceof Opening.Refused<?> refused ? refused.line() : null;
      case VECTOR ->
          ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()
              ? null
              : "the module %s is not in this JVM, start it with --add-modules %s"
                  .formatted(VECTOR_MODULE, VECTOR_MODULE);
      case SCALAR, AUTO -> null;
    };
  }

  /// Loaded when there is something to log.
  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  }
}
