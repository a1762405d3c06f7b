package dev.segue.benchmarks;

import dev.segue.kernels.Backend;
import dev.segue.kernels.BackendChoice;
import dev.segue.kernels.Backends;
import org.jspecify.annotations.Nullable;

/// Who computes. Not every contender has every operation; one that lacks it, or is not there, says
/// so when its benchmark is set up.
public enum Contender {
  /// Segue's plain loops.
  SCALAR(BackendChoice.SCALAR),
  /// Segue on the Vector API.
  VECTOR(BackendChoice.VECTOR),
  /// Segue on an NVIDIA GPU.
  CUDA(BackendChoice.CUDA),
  /// PyTorch through DJL, what a team on the JVM would use to train.
  DJL(null),
  /// ONNX Runtime, what it would use to ask a model that was trained elsewhere.
  ONNXRUNTIME(null),
  /// OpenBLAS, matrix products alone.
  OPENBLAS(null);

  private final @Nullable BackendChoice choice;

  Contender(@Nullable BackendChoice choice) {
    this.choice = choice;
  }

  /// Returns whether it is one of Segue's backends.
  public boolean isSegue() {
    return choice != null;
  }

  /// Opens Segue's backend.
  Backend open(int threads) {
    if (choice == null) {
      throw new IllegalStateException("benchmark: %s is not a backend of Segue".formatted(this));
    }
    return Backends.open(choice, threads);
  }
}
