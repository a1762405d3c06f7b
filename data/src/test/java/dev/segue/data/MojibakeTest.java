package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MojibakeTest {

  @ParameterizedTest
  @CsvSource({
    "Herta MÃ¼ller, Herta Müller",
    "â€œtortureâ€\u009D stuff, “torture” stuff",
    "SoulÂ® series, Soul® series",
    "å\u008Dƒã\u0081¨, 千と"
  })
  void textReadInTheWrongEncodingIsRepaired(String broken, String expected) {
    assertThat(Mojibake.repair(broken)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "Amélie",
        "São Paulo",
        "naïve Æsir",
        "“quoted” – dash",
        "千と千尋の神隠し",
        "360\uFFFD",
        "\uFFFD\uFFFD",
        "PÂTÉ",
        "Ñandú ¿qué?",
        "Ωμέγα",
        "😀"
      })
  void rightTextStaysAsItIs(String text) {
    assertThat(Mojibake.repair(text)).isSameAs(text);
  }

  @Property
  void everyWordOfLatinLettersComesBack(
      @ForAll
          @StringLength(max = 20)
          @CharRange(from = 'à', to = 'ÿ')
          @CharRange(from = 'a', to = 'z')
          String text) {
    String broken =
        new String(text.getBytes(StandardCharsets.UTF_8), Charset.forName("windows-1252"));

    // Bytes that Windows-1252 leaves undefined are lost in this way of breaking a text.
    if (broken.indexOf('\uFFFD') < 0) {
      assertThat(Mojibake.repair(broken)).isEqualTo(text);
    }
  }
}
