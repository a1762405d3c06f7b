package dev.segue.engine;

import java.util.Comparator;

/// A reason for a recommendation: something that an item has in common with the session, or with
/// another item.
///
/// @param kind `genre`, `creator`, `word`, `sub-word` (the beginning of a word, after `^`) or
///   `domain`
/// @param text the feature, in lower case without accents
/// @param share its part of the cosine between item and session, or of the similarity; the parts of
///   all shared features add up to the cosine
public record SharedFeature(String kind, String text, double share) {
  /// The greatest share first, equal ones by text and kind.
  static final Comparator<SharedFeature> GREATEST_FIRST =
      Comparator.comparingDouble(SharedFeature::share)
          .reversed()
          .thenComparing(SharedFeature::text)
          .thenComparing(SharedFeature::kind);
}
