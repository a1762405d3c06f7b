package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.engine.Recommender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// The dashboard in a real browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardPageTest {
  private final TestServer server = new TestServer(Recommender.contentOnly(SmallCatalogue.make()));
  private Browser browser;

  @BeforeAll
  void openBrowser(@TempDir Path profile) {
    browser = Browser.open(profile);
  }

  @BeforeEach
  void openPage() {
    browser.resize(1280, 800);
    browser.visit(URI.create("about:blank"));
    browser.consoleErrors();
    browser.requests();
    browser.visit(server.uri("/"));
    browser.awaitCount("#top .card", 5);
  }

  @AfterEach
  void pageBehavedWell() {
    browser.assertNoConsoleErrors();
    assertThat(browser.requests())
        .isNotEmpty()
        .allSatisfy(
            uri -> assertThat(uri.getAuthority()).isEqualTo(server.uri("/").getAuthority()));
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    server.close();
  }

  @Test
  void aFirstVisitExplainsItselfAndShowsWhatIsPopular() throws IOException {
    browser.awaitText("#clicks-empty", "Nothing clicked yet");
    browser.awaitText("#top-note", "Popular now");
    assertThat(browser.find("#add h2").getText()).isEqualTo("Add a Click");
    assertThat(browser.find("#clicks-title").getText()).isEqualTo("Your Session Clicks");
    assertThat(browser.find("#top-title").getText()).isEqualTo("Top-5 Recommendations");
    assertThat(browser.find("#reset").isEnabled()).isFalse();
    browser.screenshot("first-visit-1280x800");
  }

  @Test
  void aClickIsAddedAndFiveNumberedItemsAnswerIt() throws IOException {
    add("Iron", "Iron Orchard");

    browser.awaitTexts("#clicks .index", List.of("1"));
    browser.awaitTexts("#clicks .title", List.of("Iron Orchard"));
    browser.awaitText("#top-note", "Model content");
    assertThat(browser.texts("#top .rank")).containsExactly("1", "2", "3", "4", "5");
    assertThat(browser.texts("#top .title")).hasSize(5).startsWith("Night Ferry");
    assertThat(browser.texts("#top .domain")).hasSize(5).contains("Movie");

    add("Café", "Café Polar");
    browser.awaitTexts("#clicks .index", List.of("1", "2"));
    browser.screenshot("session-1280x800");
  }

  @Test
  void theLabelOfThePickerFollowsTheCategory() {
    assertThat(browser.texts("#categories .name")).containsExactly("Movie", "Music", "Book");
    browser.awaitText("#picker-label", "Select a Movie");
    browser.click("#categories input[value=Music]");
    browser.awaitText("#picker-label", "Select a Music Track");
    browser.click("#picker");
    browser.awaitCount("#picker-list li", 10);
    assertThat(browser.texts("#picker-list .title"))
        .contains("Slow Tide")
        .doesNotContain("Iron Orchard");

    browser.click("#categories input[value=Book]");
    browser.awaitText("#picker-label", "Select a Book");
    add("Salt Archive 3", "The Salt Archive 3");
    browser.awaitTexts("#clicks .title", List.of("The Salt Archive 3"));
  }

  @Test
  void anItemIsPickedAndAddedByKeyboardAlone() throws IOException {
    browser.click("#picker");
    browser.press("harbour");
    browser.awaitCount("#picker-list li", 6);
    browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP);
    String active = browser.find("#picker").getDomAttribute("aria-activedescendant");
    assertThat(active).isEqualTo("option-1");
    assertThat(browser.find("#" + active).getDomAttribute("aria-selected")).isEqualTo("true");
    browser.screenshot("picker-1280x800");
    browser.press(Keys.ENTER);
    browser.await("a pick", () -> browser.find("#add-button").isEnabled());
    assertThat(browser.find("#picker").getDomAttribute("aria-expanded")).isEqualTo("false");
    browser.press(Keys.ENTER);

    browser.awaitTexts("#clicks .title", List.of("Harbour Lights 2"));
    assertThat(browser.find("#picker").getDomProperty("value")).isEmpty();
  }

  @Test
  void escapeClosesTheListAndThenEmptiesTheField() {
    browser.type("#picker", "harbour");
    browser.awaitCount("#picker-list li", 6);
    browser.press(Keys.ESCAPE);
    assertThat(browser.find("#picker-list").isDisplayed()).isFalse();
    assertThat(browser.find("#picker").getDomProperty("value")).isEqualTo("harbour");
    browser.press(Keys.ESCAPE);
    assertThat(browser.find("#picker").getDomProperty("value")).isEmpty();
  }

  @Test
  void aTitleThatNothingHasIsTold() {
    browser.type("#picker", "zzzz");
    browser.awaitText("#picker-status", "No title has “zzzz”.");
  }

  @Test
  void resetEmptiesTheSession() {
    add("Iron", "Iron Orchard");
    browser.click("#reset");

    browser.awaitCount("#clicks li", 0);
    browser.awaitText("#top-note", "Popular now");
    assertThat(browser.find("#clicks-empty").isDisplayed()).isTrue();
  }

  @Test
  void undoTakesTheLastClickBack() {
    add("Iron", "Iron Orchard");
    add("Café", "Café Polar");
    browser.click("#undo");

    browser.awaitTexts("#clicks .title", List.of("Iron Orchard"));
  }

  @Test
  void aClickOnARecommendationContinuesTheSession() {
    add("Iron", "Iron Orchard");
    browser.awaitText("#top-note", "Model content");
    String title = browser.texts("#top .title").getFirst();
    String card = browser.texts("#top .card").getFirst();
    browser.click("#top li:first-child .card");

    browser.awaitTexts("#clicks .title", List.of("Iron Orchard", title));
    browser.await("a new answer", () -> !browser.texts("#top .card").contains(card));
  }

  @Test
  void kAndDomainAreChosenOnThePage() {
    browser.click("#k option[value='10']");
    browser.awaitCount("#top .card", 10);
    browser.awaitText("#top-title", "Top-10 Recommendations");
    browser.click("#domains input[value=Book]");
    browser.await(
        "books only",
        () -> browser.texts("#top .domain").stream().distinct().toList().equals(List.of("Book")));
  }

  @Test
  void theTimeBetweenClicksIsSentAsDwell() throws IOException {
    browser.evaluate(
        """
        (() => { window.sent = []; const real = window.fetch;
          window.fetch = (path, options) => {
            if (options?.body) { window.sent.push(options.body); }
            return real(path, options); }; })()\
        """);
    add("Iron", "Iron Orchard");
    browser.awaitText("#clicks .dwell", "1 s");
    add("Café", "Café Polar");
    browser.await("two requests", () -> browser.evaluate("window.sent.length").equals("2"));

    JsonNode items =
        new ObjectMapper()
            .readTree(String.valueOf(browser.evaluate("window.sent[1]")))
            .at("/items");
    assertThat(items.at("/0/dwellMillis").asLong()).isBetween(1_000L, 60_000L);
    assertThat(items.at("/1/time").asLong() - items.at("/0/time").asLong())
        .isEqualTo(items.at("/0/dwellMillis").asLong());
    assertThat(items.at("/1").has("dwellMillis")).isFalse();
  }

  @Test
  void anAddressHoldsTheSessionForOthersAndForTheBackButton() {
    add("Iron", "Iron Orchard");
    add("Café", "Café Polar");
    browser.awaitCount("#clicks li", 2);
    String address = browser.address();
    browser.back();
    browser.awaitTexts("#clicks .title", List.of("Iron Orchard"));

    browser.visit(URI.create("about:blank"));
    browser.visit(URI.create(address));
    browser.awaitTexts("#clicks .title", List.of("Iron Orchard", "Café Polar"));
    browser.awaitText("#top-note", "Model content");
  }

  @Test
  void aHostileTitleIsShownAndNeverRun() throws IOException {
    browser.click("#categories input[value=Book]");
    add("onerror", SmallCatalogue.HOSTILE_TITLE);

    browser.awaitTexts("#clicks .title", List.of(SmallCatalogue.HOSTILE_TITLE));
    browser.screenshot("hostile-title-1280x800");
    assertThat(browser.title()).isEqualTo("Segue");
    assertThat(browser.evaluate("document.querySelectorAll('img[src=x]').length")).isEqualTo("0");
  }

  @Test
  void nothingIsWiderThanThePage() throws IOException {
    for (int width : new int[] {360, 390, 768, 1280}) {
      browser.resize(width, 844);
      browser.visit(server.uri("/"));
      browser.awaitCount("#top .card", 5);
      assertThat(browser.texts("#top .meta").toString()).contains(SmallCatalogue.LONG_CREATOR);
      assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
      add("Iron", "Iron Orchard");
      browser.awaitCount("#clicks li", 1);
      browser.awaitText("#top-note", "Model content");
      assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
      browser.screenshot("session-" + width + "x844");
      browser.click("#reset");
      browser.awaitCount("#clicks li", 0);
    }
  }

  private void add(String typed, String title) {
    browser.type("#picker", typed);
    browser.await("option " + title, () -> browser.texts("#picker-list .title").contains(title));
    int place = browser.texts("#picker-list .title").indexOf(title);
    browser.click("#option-" + place);
    browser.click("#add-button");
  }
}
