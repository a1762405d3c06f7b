package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.Recommender;
import dev.segue.server.web.TestServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecommendProblemTest {
  private final TestServer server = new TestServer(Recommender.contentOnly(SmallCatalogue.make()));

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'k': -3}                                   | k                    | expected 1 to 100, got -3
          {'k': 0}                                    | k                    | expected 1 to 100, got 0
          {'k': 101}                                  | k                    | expected 1 to 100, got 101
          {'k': 'five'}                               | k                    | expected a whole number, got "five"
          {'k': '5'}                                  | k                    | expected a whole number, got "5"
          {'k': 2.5}                                  | k                    | expected a whole number, got 2.5
          {'k': 99999999999}                          | k                    | expected a whole number
          {'k': [5]}                                  | k                    | expected a whole number, got a list
          {'k': true}                                 | k                    | expected a whole number, got true
          {'items': 'Movie_Iron Orchard'}             | items                | expected a list, got "Movie_Iron Orchard"
          {'items': {'id': 'x'}}                      | items                | expected a list, got an object
          {'items': [5]}                              | items[0]             | expected an id, a title or an object with id, got 5
          {'items': ['a', ['b']]}                     | items[1]             | expected an id, a title or an object with id, got a list
          {'items': ['a', null]}                      | items[1]             | expected an id, a title or an object with id, got null
          {'items': ['a', {'id': 7}]}                 | items[1].id          | expected a text, got 7
          {'items': [{'action': 'Clicked'}]}          | items[0].id          | expected the id or title of an item, got nothing
          {'items': ['']}                             | items[0].id          | expected the id or title of an item, got nothing
          {'items': [{'id': 'a', 'dwellMillis': -1}]} | items[0].dwellMillis | expected milliseconds, 0 or more, got -1
          {'items': [{'id': 'a', 'time': 'now'}]}     | items[0].time        | expected a whole number, got "now"
          {'items': [{'id': 'a', 'action': ' '}]}     | items[0].action      | expected Clicked
          {'domains': 'Movie'}                        | domains              | expected a list, got "Movie"
          {'domains': [null]}                         | domains[0]           | expected a text, got null
          {'exclude': [1]}                            | exclude[0]           | expected a text, got 1
          {'excludeSeen': 'yes'}                      | excludeSeen          | expected true or false, got "yes"
          []                                          | body                 | expected an object, got a list
          'text'                                      | body                 | expected an object, got "text"
          """)
  void aWrongValueNamesItsField(String body, String field, String message) {
    Reply reply = server.recommend(body);

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:invalid-field");
    assertThat(reply.at("/field")).isEqualTo(field);
    assertThat(reply.at("/detail")).startsWith(field + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "{", "{'k': 5", "{'k': 5}}", "{} {}", "nonsense", "{k: 5}", "null"})
  void whatIsNotJsonIsToldSo(String body) {
    Reply reply = server.recommend(body);

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:not-json");
    assertThat(reply.at("/detail"))
        .startsWith("body")
        .doesNotContain("com.fasterxml", "REDACTED", "\n");
  }

  @Test
  void aFieldGivenTwiceIsNotJson() {
    assertThat(server.recommend("{'k': 5, 'k': 6}").at("/detail")).contains("Duplicate field 'k'");
  }

  @Test
  void deepNestingIsRefusedBeforeItCostsAnything() {
    Reply reply = server.recommend("{'items': " + "[".repeat(5_000) + "]".repeat(5_000) + "}");

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void anUnknownFieldNamesTheKnownOnes() {
    Reply reply = server.recommend("{'items': [{'id': 'a', 'dwell': 5}]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:unknown-field");
    assertThat(reply.at("/field")).isEqualTo("items[0].dwell");
    assertThat(reply.json().at("/known").toString())
        .isEqualTo("[\"action\",\"dwellMillis\",\"id\",\"time\"]");
  }

  @Test
  void anUnknownDomainNamesTheKnownOnes() {
    Reply reply = server.recommend("{'domains': ['Movie', 'Games']}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:unknown-domain");
    assertThat(reply.at("/field")).isEqualTo("domains[1]");
    assertThat(reply.json().at("/known").toString()).isEqualTo("[\"Movie\",\"Music\",\"Book\"]");
  }

  @Test
  void aSessionLongerThanAllowedIsRefused() {
    String events = String.join(",", Collections.nCopies(Limits.SESSION_ITEMS + 1, "'a'"));
    Reply reply = server.recommend("{'items': [" + events + "]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/detail")).isEqualTo("items: expected at most 1,000, got 1,001");
  }

  @Test
  void aTitleLongerThanAllowedIsRefused() {
    String title = "a".repeat(Limits.NAME_CHARS + 1);

    assertThat(server.recommend("{'items': ['b', '" + title + "']}").at("/detail"))
        .isEqualTo("items[1].id: expected at most 500, got 501");
    assertThat(server.recommend("{'exclude': ['" + title + "']}").at("/detail"))
        .isEqualTo("exclude[0]: expected at most 500, got 501");
  }

  @Test
  void aBodyLargerThanAllowedIsRefused() {
    Reply reply = server.recommend("{'items': ['" + "a".repeat(Limits.BODY_BYTES) + "']}");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:body-too-large");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] body = {'{', '"', (byte) 0xff, (byte) 0xc0, '"', ':', '5', '}'};
    Reply reply =
        server.send(
            HttpRequest.newBuilder(server.uri("/v1/recommend"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:not-json");
  }

  @Test
  void aBodyDeclaredAsSomethingElseIsRefused() {
    Reply reply =
        server.send(
            HttpRequest.newBuilder(server.uri("/v1/recommend"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.at("/detail"))
        .isEqualTo(
            "Content-Type: expected application/json, got application/x-www-form-urlencoded");
  }
}
