package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.engine.Recommender;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard after its server has gone, and after it has come back.
class DashboardWithoutServerTest {
  @Test
  void aServerThatIsGoneIsToldAndOneThatIsBackIsUsed(@TempDir Path profile) throws IOException {
    Recommender recommender = Recommender.contentOnly(SmallCatalogue.make());
    try (Browser browser = Browser.open(profile)) {
      browser.resize(1280, 800);
      int port;
      try (RecommendationApi api = RecommendationApi.start(recommender, "localhost", 0)) {
        port = api.port();
        browser.visit(java.net.URI.create("http://localhost:" + port + "/"));
        browser.awaitCount("#top .card", 5);
      }
      browser.click("#domains input[value=Music]");
      browser.awaitText("#top-error", "Segue does not answer");
      assertThat(browser.texts("#top .card")).isEmpty();
      browser.screenshot("server-gone-1280x800");
      browser.type("#picker", "iron");
      browser.awaitText("#picker-status", "Segue does not answer");

      try (RecommendationApi api = RecommendationApi.start(recommender, "localhost", port)) {
        assertThat(api.port()).isEqualTo(port);
        browser.click("#retry");
        browser.awaitCount("#top .card", 5);
        assertThat(browser.find("#top-error").isDisplayed()).isFalse();
      }
    }
  }
}
