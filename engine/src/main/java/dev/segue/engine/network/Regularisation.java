package dev.segue.engine.network;

/// Dropout during training.
///
/// @param embedding probability of dropping an element of an embedding
/// @param hidden probability of dropping an element of a hidden state before the output layer
/// @param seed key of the generator
public record Regularisation(float embedding, float hidden, long seed) {
  /// Returns no dropout at all.
  public static Regularisation none() {
    return new Regularisation(0, 0, 0);
  }
}
