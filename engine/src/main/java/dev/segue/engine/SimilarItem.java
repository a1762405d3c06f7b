package dev.segue.engine;

import dev.segue.data.Item;
import java.util.List;
import java.util.stream.Stream;

/// An item that is near to another in content.
///
/// @param item the item
/// @param similarity 0 to 1: the scalar product of both items' vectors, symmetric
/// @param shared everything that both have, the greatest share first; the shares add up to the
///   similarity
public record SimilarItem(Item item, double similarity, List<SharedFeature> shared) {
  /// Copies the list.
  public SimilarItem {
    shared = List.copyOf(shared);
  }

  /// Returns for people what brought the items together, the greatest share first: genres, creators
  /// and words, no text twice and without the domain; parts of words only where nothing else is
  /// shared.
  ///
  /// @param limit at most so many
  public List<String> reasons(int limit) {
    List<String> whole = texts("genre", "creator", "word").limit(limit).toList();
    return whole.isEmpty() ? texts("sub-word").limit(limit).toList() : whole;
  }

  private Stream<String> texts(String... kinds) {
    List<String> wanted = List.of(kinds);
    return shared.stream()
        .filter(feature -> wanted.contains(feature.kind()))
        .map(SharedFeature::text)
        .distinct();
  }
}
