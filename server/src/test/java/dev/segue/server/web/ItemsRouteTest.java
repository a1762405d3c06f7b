package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.Recommender;
import dev.segue.server.web.TestServer.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemsRouteTest {
  private final TestServer server = new TestServer(Recommender.contentOnly(SmallCatalogue.make()));

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aQueryFindsTitlesInAnyCase() {
    assertThat(ids(server.get("/v1/items?query=cafe%20POL"))).containsExactly("Movie_Café Polar");
  }

  @Test
  void aDomainKeepsOthersOut() {
    Reply reply = server.get("/v1/items?domain=Music&limit=100");

    assertThat(reply.json().at("/items").findValuesAsText("domain"))
        .hasSize(10)
        .containsOnly("Music");
  }

  @Test
  void withoutAQueryThePopularComeFirstAndTwentyAtMost() {
    Reply reply = server.get("/v1/items");

    assertThat(ids(reply)).hasSize(20);
    assertThat(ids(server.get("/v1/items?domain=Movie&limit=1")))
        .containsExactly("Movie_Iron Orchard");
  }

  @Test
  void nothingFoundIsAnEmptyList() {
    Reply reply = server.get("/v1/items?query=zzzz");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void anItemIsGivenWithAllThatIsKnown() {
    Reply reply = server.get("/v1/items/Movie_Iron%20Orchard");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at("/title")).isEqualTo("Iron Orchard");
    assertThat(reply.at("/genres/0")).isEqualTo("Drama");
    assertThat(reply.at("/description")).isEqualTo("About Iron Orchard");
    assertThat(reply.json().at("/popularityPercentile").asDouble()).isEqualTo(100);
  }

  @Test
  void anIdMayHoldAnyCharacter() {
    Reply reply = server.get("/v1/items/" + TestServer.encoded(SmallCatalogue.AWKWARD_ID));

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.at("/id")).isEqualTo(SmallCatalogue.AWKWARD_ID);
  }

  @Test
  void anUnknownIdIsNotFound() {
    Reply reply = server.get("/v1/items/Movie_Nobody");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:unknown-item");
    assertThat(reply.at("/detail")).contains("\"Movie_Nobody\"");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit, expected 1 to 100",
    "limit=101, limit, expected 1 to 100",
    "limit=-1, limit, expected 1 to 100",
    "limit=many, limit, expected 1 to 100",
    "limit=, limit, expected 1 to 100",
    "limit=5&limit=6, limit, expected one value",
    "domain=Games, domain, expected one of Movie",
    "q=x, q, expected one of domain",
  })
  void aWrongParameterIsNamed(String query, String field, String message) {
    Reply reply = server.get("/v1/items?" + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/field")).isEqualTo(field);
    assertThat(reply.at("/detail")).startsWith(field + ": " + message);
  }

  @Test
  void aVeryLongQueryIsRefused() {
    assertThat(server.get("/v1/items?query=" + "a".repeat(201)).at("/detail"))
        .isEqualTo("query: expected at most 200 characters, got 201");
  }

  private static List<String> ids(Reply reply) {
    return reply.json().at("/items").findValuesAsText("id");
  }
}
