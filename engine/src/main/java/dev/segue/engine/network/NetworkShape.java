package dev.segue.engine.network;

/// The sizes of a network.
///
/// @param items V
/// @param embedding E
/// @param hidden H
/// @param layers number of GRU layers
/// @param tied whether the output weights are the embedding table; then E = H
/// @param dwells rows of the table of dwell times, 0 when they are no input
/// @param actions rows of the table of actions, 0 when they are no input
/// @param features F, rows of each table of content features, 0 when item vectors are of ids alone
public record NetworkShape(
    int items,
    int embedding,
    int hidden,
    int layers,
    boolean tied,
    int dwells,
    int actions,
    int features) {
  /// Makes the shape of a network that takes nothing but items.
  public NetworkShape(int items, int embedding, int hidden, int layers, boolean tied) {
    this(items, embedding, hidden, layers, tied, 0, 0, 0);
  }

  /// Makes the shape of a network whose item vectors are of ids alone.
  public NetworkShape(
      int items, int embedding, int hidden, int layers, boolean tied, int dwells, int actions) {
    this(items, embedding, hidden, layers, tied, dwells, actions, 0);
  }

  /// Checks the sizes.
  public NetworkShape {
    if (items < 1 || embedding < 1 || hidden < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "network: sizes, expected at least 1, got %d items, embedding %d, hidden %d, %d layers"
              .formatted(items, embedding, hidden, layers));
    }
    if (tied && embedding != hidden) {
      throw new IllegalArgumentException(
          "network: tied sizes differ, expected embedding = hidden, got %d and %d"
              .formatted(embedding, hidden));
    }
  }

  /// Returns the shape with another number of items.
  NetworkShape withItems(int newItems) {
    return new NetworkShape(newItems, embedding, hidden, layers, tied, dwells, actions, features);
  }

  /// Returns the shape with another number of content features.
  public NetworkShape withFeatures(int newFeatures) {
    return new NetworkShape(items, embedding, hidden, layers, tied, dwells, actions, newFeatures);
  }
}
