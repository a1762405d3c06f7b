package dev.segue.benchmarks.gpu;

/// How large the cases are.
///
/// @param sessions B
/// @param length T
/// @param items V
/// @param embedding E
/// @param hidden H
/// @param tiedItems items of the tied model
/// @param tiedWidth its width
/// @param tiedBatch sessions side by side
/// @param negatives shared by a batch
/// @param rankedItems items to rank
/// @param rankedWidth their width
/// @param requests at once
/// @param steps timed
record Size(
    int sessions,
    int length,
    int items,
    int embedding,
    int hidden,
    int tiedItems,
    int tiedWidth,
    int tiedBatch,
    int negatives,
    int rankedItems,
    int rankedWidth,
    int requests,
    int steps) {

  static Size parse(String name) {
    return switch (name) {
      case "full" ->
          new Size(64, 50, 110_000, 128, 256, 43_000, 512, 128, 2048, 10_000_000, 128, 64, 60);
      case "dry" -> new Size(4, 3, 300, 8, 64, 200, 16, 6, 20, 5000, 8, 3, 4);
      default ->
          throw new IllegalArgumentException(
              "size: unknown name, expected full or dry, got \"%s\"".formatted(name));
    };
  }
}
