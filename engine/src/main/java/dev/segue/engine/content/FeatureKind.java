package dev.segue.engine.content;

import java.util.Locale;

/// Where a feature comes from. Features of different kinds are different even with equal text.
public enum FeatureKind {
  /// A whole genre, the same under all its names; see [GenreAliases].
  GENRE(0, 1.0f),
  /// One person or group.
  CREATOR(1, 0.7f),
  /// A word of the description or of a genre, so that the genre of a song meets the text of a book.
  WORD(2, 1.0f),
  /// The kind of item. Small: it prefers the session's domains among equals.
  DOMAIN(3, 0.2f),
  /// The beginning of a word, so that `vampire` meets `vampires`. Light: beginnings are shared by
  /// chance more often than words.
  SUB_WORD(4, 0.3f);

  private static final FeatureKind[] BY_CODE = {GENRE, CREATOR, WORD, DOMAIN, SUB_WORD};

  private final int code;
  private final float weight;

  FeatureKind(int code, float weight) {
    this.code = code;
    this.weight = weight;
  }

  /// Returns the number of kinds.
  static int count() {
    return BY_CODE.length;
  }

  /// Returns the kind with a code.
  static FeatureKind ofCode(int code) {
    return BY_CODE[code];
  }

  /// Returns a number from 0 that stays the same when kinds are added; it is part of the hash.
  int code() {
    return code;
  }

  /// Returns the length of this kind's part of an item's vector before the whole is normalised.
  public float weight() {
    return weight;
  }

  /// Returns the name in lower case, words joined by a hyphen.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
