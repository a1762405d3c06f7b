package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.engine.Recommender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard over domains that are not the mission's.
class OwnDomainPageTest {
  @Test
  void domainsOfOnesOwnCanBeChosenSearchedAndClicked(@TempDir Path profile) throws Exception {
    try (TestServer server = new TestServer(Recommender.contentOnly(catalogue()));
        Browser browser = Browser.open(profile)) {
      browser.resize(1280, 800);
      browser.visit(server.uri("/"));
      browser.awaitTexts("#categories .name", List.of("Movie", "Podcast", "Board game"));
      browser.click("#categories input[value='Board game']");
      browser.awaitText("#picker-label", "Select from Board game");
      browser.click("#picker");
      browser.awaitCount("#picker-list li", 6);
      browser.find("#picker").sendKeys("board game 3");
      browser.awaitTexts("#picker-list .title", List.of("Some Board game 3"));
      browser.click("#picker-list li");
      browser.click("#add-button");

      browser.awaitTexts("#clicks .title", List.of("Some Board game 3"));
      browser.awaitCount("#top .card", 5);
      assertThat(browser.texts("#top .domain")).contains("Podcast");
      browser.screenshot("own-domains-1280x800");
    }
  }

  private static Catalogue catalogue() {
    List<Item> items = new ArrayList<>();
    for (String domain : List.of("Podcast", "Movie", "Board game")) {
      for (int i = 0; i < 6; i++) {
        String title = "Some " + domain + " " + i;
        List<String> genres = List.of(i % 2 == 0 ? "History" : "Crime");
        items.add(new Item(domain + "_" + i, title, domain, genres, "About", i, "Maker " + i, ""));
      }
    }
    return Catalogue.of(items);
  }
}
