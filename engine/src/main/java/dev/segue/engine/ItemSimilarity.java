package dev.segue.engine;

import dev.segue.engine.content.ContentIndex;
import dev.segue.engine.ranking.MarginalRelevance;
import org.jspecify.annotations.Nullable;

/// Chooses how alike two items are when a list is to be diverse. Content where items have any: it
/// is content that makes near-duplicates and floods of one author, and it covers cold items. Else
/// the rows of a trained model.
final class ItemSimilarity {
  private ItemSimilarity() {}

  /// Returns the similarity.
  ///
  /// @param model the trained model, or null
  /// @throws IllegalArgumentException when items have neither content nor rows
  static MarginalRelevance.Similarity of(ContentIndex index, @Nullable SessionModel model) {
    if (index.features().features() > 0) {
      return (item, other) -> index.features().product(item, other);
    }
    ItemRows rows = model == null ? null : model.itemRows();
    if (rows == null) {
      throw new IllegalArgumentException(
          "diversity: nothing tells which items are alike, expected a catalogue with genres,"
              + " creators or descriptions, or a GRU");
    }
    return rows;
  }
}
