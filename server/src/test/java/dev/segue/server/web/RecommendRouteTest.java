package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.engine.Recommender;
import dev.segue.server.web.TestServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecommendRouteTest {
  private final TestServer server = new TestServer(Recommender.contentOnly(SmallCatalogue.make()));

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void bareIdsGiveFiveItemsWithEverythingAListShows() {
    Reply reply = server.recommend("{'items': ['Movie_Iron Orchard']}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(ids(reply)).hasSize(5).doesNotHaveDuplicates().doesNotContain("Movie_Iron Orchard");
    assertThat(fieldNames(reply.json()))
        .containsExactly("model", "tookMicros", "items", "backfilled", "unknownItems");
    assertThat(fieldNames(reply.json().at("/items/0")))
        .containsExactly("id", "title", "domain", "creator", "genre", "score");
    assertThat(reply.json().at("/tookMicros").isIntegralNumber()).isTrue();
  }

  @Test
  void whatWasClickedDecidesWhatIsRecommended() {
    Reply reply = server.recommend("{'items': ['Movie_Iron Orchard'], 'k': 1}");

    assertThat(ids(reply)).containsExactly("Movie_Night Ferry (1961)");
  }

  @Test
  void eventsMayBeObjectsWithActionDwellAndTime() {
    Reply reply =
        server.recommend(
            """
            {'items': [{'id': 'Music_t0001', 'action': 'Searched', 'dwellMillis': 1200,
                        'time': 1700000000000}, 'Music_t0002'], 'k': 3}
            """);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(ids(reply)).hasSize(3).doesNotContain("Music_t0001", "Music_t0002");
  }

  @Test
  void anUnambiguousTitleStandsForItsItem() {
    Reply byTitle = server.recommend("{'items': ['Iron Orchard', 'cafe polar']}");
    Reply byId = server.recommend("{'items': ['Movie_Iron Orchard', 'Movie_Café Polar']}");

    assertThat(byTitle.status()).isEqualTo(200);
    assertThat(ids(byTitle)).isEqualTo(ids(byId));
    assertThat(byTitle.json().at("/unknownItems")).isEmpty();
  }

  @Test
  void anAmbiguousTitleIsRefusedWithItsCandidates() {
    Reply reply = server.recommend("{'items': ['Movie_Iron Orchard', {'id': 'Night Ferry'}]}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.at("/type")).isEqualTo("urn:segue:problem:ambiguous-item");
    assertThat(reply.at("/field")).isEqualTo("items[1]");
    assertThat(reply.json().at("/candidates").findValuesAsText("id"))
        .containsExactly("Movie_Night Ferry (1961)", "Movie_Night Ferry (2004)");
  }

  @Test
  void unknownItemsAreReportedAndTheRestIsUsed() {
    Reply reply = server.recommend("{'items': ['Movie_Nobody', 'Movie_Iron Orchard'], 'k': 1}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/unknownItems").toString()).isEqualTo("[\"Movie_Nobody\"]");
    assertThat(ids(reply)).containsExactly("Movie_Night Ferry (1961)");
  }

  @Test
  void anEmptySessionGetsPopularItems() {
    assertThat(ids(server.recommend("{}"))).hasSize(5);
    assertThat(ids(server.recommend("{'items': []}"))).isEqualTo(ids(server.recommend("{}")));
  }

  @Test
  void domainsKeepOtherKindsOut() {
    Reply reply =
        server.recommend("{'items': ['Movie_Iron Orchard'], 'domains': ['Book'], 'k': 10}");

    assertThat(reply.json().at("/items").findValuesAsText("domain"))
        .hasSize(10)
        .containsOnly("Book");
  }

  @Test
  void excludedItemsDoNotAppear() {
    Reply reply =
        server.recommend(
            """
            {'items': ['Movie_Iron Orchard'], 'exclude': ['Movie_Night Ferry (1961)', 'Café Polar',
             'Movie_Nobody'], 'domains': ['Movie'], 'k': 10}
            """);

    assertThat(ids(reply))
        .hasSize(7)
        .doesNotContain("Movie_Night Ferry (1961)", "Movie_Café Polar", "Movie_Iron Orchard");
  }

  @Test
  void seenItemsComeBackWhenAskedFor() {
    String session = "{'items': ['Movie_Iron Orchard'], 'k': 30, 'excludeSeen': %s}";

    assertThat(ids(server.recommend(session.formatted("true"))))
        .doesNotContain("Movie_Iron Orchard");
    assertThat(ids(server.recommend(session.formatted("false")))).contains("Movie_Iron Orchard");
  }

  @Test
  void titlesAreDataAndStayAsTheyAre() {
    Reply reply = server.recommend("{'domains': ['Book'], 'k': 10}");

    assertThat(reply.json().at("/items").findValuesAsText("title"))
        .contains(SmallCatalogue.HOSTILE_TITLE);
  }

  private static List<String> ids(Reply reply) {
    return reply.json().at("/items").findValuesAsText("id");
  }

  private static List<String> fieldNames(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
