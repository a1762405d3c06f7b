package dev.segue.engine.content;

import dev.segue.data.Item;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes the features out of an item. What cleaning puts in place of missing text is no feature.
final class ItemFeatures {
  private static final Set<String> PLACEHOLDERS =
      Set.of("", "unknown", "not available", "no description available", "n a");

  /// How the movies' source begins where it has no overview; letters only, since sources differ in
  /// their apostrophes.
  private static final Pattern NO_OVERVIEW =
      Pattern.compile("we don ?t have an overview translated .*");

  private static final Pattern CREATOR_SEPARATOR = Pattern.compile("[;,/|]");

  private ItemFeatures() {}

  /// Receives one occurrence of a feature.
  @FunctionalInterface
  interface Visitor {
    void visit(FeatureKind kind, String text);
  }

  /// Visits every occurrence of every feature of an item, in a fixed order.
  static void visit(Item item, Visitor visitor) {
    visitor.visit(FeatureKind.DOMAIN, item.domain());
    for (String genre : item.genres()) {
      String phrase = GenreAliases.canonical(Texts.phrase(genre));
      if (!PLACEHOLDERS.contains(phrase)) {
        visitor.visit(FeatureKind.GENRE, phrase);
        Texts.words(phrase).forEach(word -> visitWord(word, visitor));
      }
    }
    CREATOR_SEPARATOR
        .splitAsStream(item.creator())
        .map(Texts::phrase)
        .filter(phrase -> !PLACEHOLDERS.contains(phrase))
        .forEach(phrase -> visitor.visit(FeatureKind.CREATOR, phrase));
    String description = Texts.phrase(item.description());
    if (!PLACEHOLDERS.contains(description) && !NO_OVERVIEW.matcher(description).matches()) {
      Texts.words(description).forEach(word -> visitWord(word, visitor));
    }
  }

  private static void visitWord(String word, Visitor visitor) {
    visitor.visit(FeatureKind.WORD, word);
    Texts.beginning(word).ifPresent(part -> visitor.visit(FeatureKind.SUB_WORD, part));
  }
}
