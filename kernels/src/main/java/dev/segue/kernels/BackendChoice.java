package dev.segue.kernels;

import java.util.Locale;

/// Which backend a user asks for.
public enum BackendChoice {
  /// The best that can be had: CUDA, then vector, then scalar.
  AUTO,
  /// Plain loops, the specification.
  SCALAR,
  /// The Vector API on a CPU.
  VECTOR,
  /// An NVIDIA GPU.
  CUDA;

  /// Reads a name in any case.
  public static BackendChoice parse(String name) {
    for (BackendChoice choice : values()) {
      if (choice.name().equalsIgnoreCase(name)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "backend: unknown name, expected auto, scalar, vector or cuda, got \"%s\"".formatted(name));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
