package dev.segue.engine.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String USUAL =
      """
      {"a": 1, "b":[true,false , null, -0.5, 12e-3, 7E+2, 123456789012345678, 2147483648, -0],
       "text" : "plain", "Ünï日本😀": "line\\none \\"two\\" \\\\ \\/ \\b\\f\\r\\t", "":{}, "e":[ ],
       "deep":{"x":{"y":[[{"z":0.1}]]}}}
      """;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable JsonNode plain(byte[] bytes) {
    return PlainJson.read(bytes, 0, bytes.length);
  }

  private static @Nullable JsonNode jackson(byte[] bytes) throws IOException {
    try {
      return JACKSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @Test
  void whatIsUsualIsReadAsJacksonReadsIt() throws IOException {
    byte[] bytes = utf8(USUAL);
    assertThat(plain(bytes)).isNotNull().isEqualTo(JACKSON.readTree(bytes));
  }

  @Test
  void onlyTheGivenPartIsRead() {
    byte[] bytes = utf8("x{\"a\":1}}");
    assertThat(PlainJson.read(bytes, 1, bytes.length - 1)).hasToString("{\"a\":1}");
    assertThat(PlainJson.read(bytes, 1, bytes.length)).isNull();
    assertThat(PlainJson.read(bytes, 1, bytes.length - 2)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "01",
        "-",
        "-01",
        "1.",
        ".5",
        "+1",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "tru",
        "truex",
        "nul",
        "'a'",
        "{a:1}",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "{}x",
        "1 2",
        "[1]]",
        "/* c */ 1",
        "\ufeff{}",
        "\u00a01",
        "1.5f",
        "1_000",
        "[\"a\" \"b\"]"
      })
  void whatJacksonRefusesIsNotAccepted(String text) throws IOException {
    assertThat(plain(utf8(text))).isNull();
    JsonNode tree = jackson(utf8(text));
    assertThat(tree == null || tree.isMissingNode() || text.startsWith("\ufeff")).isTrue();
  }

  @Test
  void malformedUtf8IsNotAccepted() {
    for (byte[] middle :
        new byte[][] {
          {(byte) 0xff},
          {(byte) 0xc3},
          {(byte) 0xc0, (byte) 0x80},
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80}
        }) {
      byte[] bytes = new byte[middle.length + 2];
      bytes[0] = '"';
      bytes[bytes.length - 1] = '"';
      System.arraycopy(middle, 0, bytes, 1, middle.length);
      assertThat(plain(bytes)).isNull();
    }
  }

  @Test
  void deepNestingIsLeftToJackson() {
    assertThat(plain(utf8("[".repeat(100_000)))).isNull();
    assertThat(plain(utf8("[".repeat(30) + "]".repeat(30)))).isNull();
  }

  /// Bytes are changed, taken out and doubled at random: there is either no tree, or Jackson's.
  @Test
  void whateverIsChangedATreeIsJacksons() throws IOException {
    Random random = new Random(1);
    byte[] usual = utf8(USUAL);
    String interesting = "{}[]\",:\\0129.eE+-tfn u \n\u0001";
    int read = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = usual.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            random.nextInt(4) == 0
                ? (byte) random.nextInt(256)
                : (byte) interesting.charAt(random.nextInt(interesting.length()));
        int to = random.nextInt(bytes.length);
        System.arraycopy(bytes, to, bytes, at, Math.min(2, bytes.length - Math.max(at, to)));
      }
      JsonNode tree = plain(bytes);
      if (tree != null) {
        read++;
        assertThat(tree).as(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(jackson(bytes));
      }
    }
    assertThat(read).isGreaterThan(1000);
  }
}
