package dev.segue.engine.content;

import java.util.Map;

/// One name for genres that the sources of different domains spell differently. Only spellings and
/// plain synonyms are joined; related genres (thriller and crime) meet through words and items.
final class GenreAliases {
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("sci fi", "science fiction"),
          Map.entry("scifi", "science fiction"),
          Map.entry("sf", "science fiction"),
          Map.entry("humor", "comedy"),
          Map.entry("humour", "comedy"),
          Map.entry("funny", "comedy"),
          Map.entry("romantic", "romance"),
          Map.entry("love", "romance"),
          Map.entry("historical", "history"),
          Map.entry("historical fiction", "history"),
          Map.entry("kids", "children"),
          Map.entry("childrens", "children"),
          Map.entry("children s", "children"),
          Map.entry("musicals", "musical"),
          Map.entry("show tunes", "musical"),
          Map.entry("non fiction", "nonfiction"),
          Map.entry("ya", "young adult"),
          Map.entry("biographical", "biography"),
          Map.entry("biographies", "biography"),
          Map.entry("autobiography", "biography"),
          Map.entry("memoir", "biography"),
          Map.entry("memoirs", "biography"),
          Map.entry("thrillers", "thriller"),
          Map.entry("suspense", "thriller"),
          Map.entry("mysteries", "mystery"),
          Map.entry("animated", "animation"),
          Map.entry("docs", "documentary"),
          Map.entry("r n b", "r b"),
          Map.entry("rnb", "r b"),
          Map.entry("hiphop", "hip hop"));

  private GenreAliases() {}

  /// Returns the common name of a genre.
  ///
  /// @param phrase the genre as [Texts#phrase] gives it
  static String canonical(String phrase) {
    return ALIASES.getOrDefault(phrase, phrase);
  }
}
