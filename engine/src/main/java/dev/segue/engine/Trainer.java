package dev.segue.engine;

import dev.segue.kernels.Backend;

/// Trains the GRU and writes a model directory.
public final class Trainer {
  private final Backend backend;

  /// Makes a trainer that computes on a backend; the caller closes the backend.
  public Trainer(Backend backend) {
    this.backend = backend;
  }

  /// Trains until the epochs are used up, the validation loss has not improved for `patience`
  /// epochs, or the listener asks to stop; keeps the best weights by validation loss.
  ///
  /// @throws ModelException when there is nothing to train on, when a loss stops being a number
  ///   (with step and cause), or when the output cannot be written
  public TrainingResult train(TrainingRequest request, TrainingListener listener) {
    throw new UnsupportedOperationException(backend.name());
  }
}
