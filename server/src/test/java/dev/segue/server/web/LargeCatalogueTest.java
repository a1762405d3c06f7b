package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.Recommender;
import dev.segue.server.web.TestServer.Reply;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeCatalogueTest {
  private static final int ITEMS = 100_000;

  private final TestServer server =
      new TestServer(Recommender.contentOnly(SmallCatalogue.generated(ITEMS)));

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aTitleIsFoundAmongAHundredThousand() {
    // Number 77 777 is title 77 777 mod 7 = 0, 77 777 / 7 mod 7 = 2, of domain 77 777 mod 3 = 2.
    Reply reply = server.get("/v1/items?domain=Book&query=silent%20mach%2077777");

    assertThat(titles(reply)).containsExactly("Silent Machine 77777");
    assertThat(titles(server.get("/v1/items?domain=Movie&query=silent%20mach%2077777"))).isEmpty();
  }

  @Test
  void everyKeyPressGivesTitlesThatHaveWhatWasTyped() {
    String title = "Hollow Signal 99999";
    for (int length = 1; length <= title.length(); length++) {
      String typed = title.substring(0, length);
      Reply reply = server.get("/v1/items?query=" + TestServer.encoded(typed));
      assertThat(titles(reply))
          .as(typed)
          .hasSizeBetween(1, 20)
          .allMatch(found -> List.of(typed.strip().split(" ")).stream().allMatch(found::contains));
    }
    assertThat(titles(server.get("/v1/items?query=" + TestServer.encoded(title))))
        .containsExactly(title);
  }

  @Test
  void aSessionOfUnknownTitlesIsAnsweredWithoutASearchForEach() {
    String titles =
        IntStream.range(0, Limits.SESSION_ITEMS)
            .mapToObj(i -> "'No such title " + i + "'")
            .collect(Collectors.joining(","));
    Reply reply = server.recommend("{'items': [" + titles + "]}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/unknownItems")).hasSize(Limits.SESSION_ITEMS);
  }

  @Test
  void infoCountsThemAll() {
    assertThat(server.get("/v1/info").json().at("/items").asInt()).isEqualTo(ITEMS);
  }

  private static List<String> titles(Reply reply) {
    return reply.json().at("/items").findValuesAsText("title");
  }
}
