package dev.segue.engine;

/// A reason for a recommendation: something that an item has in common with the session.
///
/// @param kind `genre`, `creator`, `word` or `domain`
/// @param text the feature, in lower case without accents
/// @param share its part of the cosine between item and session; the parts of all shared features
///   add up to the cosine
public record SharedFeature(String kind, String text, double share) {}
