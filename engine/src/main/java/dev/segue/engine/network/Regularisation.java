package dev.segue.engine.network;

/// Dropout and label smoothing during training.
///
/// @param embedding probability of dropping an element of an embedding
/// @param hidden probability of dropping an element of a hidden state before the output layer
/// @param seed key of the generator
/// @param smoothing share of the target's probability that is spread over all items; only the
///   softmax over all items knows it
public record Regularisation(float embedding, float hidden, long seed, double smoothing) {
  /// Makes dropout alone.
  public Regularisation(float embedding, float hidden, long seed) {
    this(embedding, hidden, seed, 0);
  }

  /// Returns no dropout at all.
  public static Regularisation none() {
    return new Regularisation(0, 0, 0);
  }
}
