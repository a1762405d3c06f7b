package dev.segue.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void caseAccentsAndPunctuationGo() {
    assertThat(Texts.phrase("  Amélie: Déjà-vu — ŠPANĚLSKÝ Straße!"))
        .isEqualTo("amelie deja vu spanelsky strasse");
    assertThat(Texts.phrase("?!")).isEmpty();
  }

  @Test
  void wordsHaveAtLeastTwoLetters() {
    assertThat(Texts.words(Texts.phrase("A pilot's 1984 π dream")))
        .containsExactly("pilot", "1984", "dream");
  }

  @Test
  void scriptsWithoutSpacesGivePairs() {
    assertThat(Texts.words(Texts.phrase("千と千尋 Spirited")))
        .containsExactly("千と", "と千", "千尋", "spirited");
    assertThat(Texts.words(Texts.phrase("Война и мир"))).containsExactly("воина", "мир");
  }

  @Test
  void vowelSignsOfOtherScriptsStay() {
    assertThat(Texts.words(Texts.phrase("हिन्दी कहानी")))
        .hasSize(2)
        .allMatch(word -> word.length() > 3);
  }
}
