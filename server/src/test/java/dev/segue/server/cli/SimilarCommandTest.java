package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimilarCommandTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeCatalogue() {
    Catalogue.of(
            List.of(
                item("Movie_Ring", "The Ring", "Drama", "A boxing champion.", "Not Available"),
                item("Movie_Fist", "Fist", "Drama", "Boxing in Paris.", "Ann Lee"),
                item("Movie_Sea", "The Sea", "Drama", "A quiet island.", "Not Available"),
                item("Movie_Joke", "Joke", "Comedy", "A clown.", "Not Available"),
                item("Music_1", "Knock", "drama", "", "Bob Ray"),
                item("Book_Gloves", "Gloves", "Sports, Drama", "A boxing club.", "Cid Fox"),
                item("Book_Fist", "Fist", "Sports", "A hand book.", "Gil Hart")))
        .write(folder);
  }

  @Test
  void printsTheNearestWithinTheDomainAndAcrossDomainsWithWhatTheyShare() {
    CommandRun run = similar("--item", "Movie_Ring", "-k", "2");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(9);
    assertThat(lines.get(0)).isEqualTo("Similar to [Movie] The Ring:");
    assertThat(lines.get(2)).isEqualTo("Within Movie:");
    assertThat(lines.get(3))
        .matches("1\\. \\[Movie] Fist — Ann Lee \\([01]\\.\\d\\d\\) shares: .*");
    assertThat(lines.get(3)).contains("drama").contains("boxing");
    assertThat(lines.get(4)).matches("2\\. \\[Movie] The Sea \\([01]\\.\\d\\d\\) shares: drama");
    assertThat(lines.get(6)).isEqualTo("Across domains:");
    assertThat(lines.get(7)).startsWith("1. [");
    assertThat(lines.get(8)).startsWith("2. [");
    assertThat(lines.get(7) + lines.get(8))
        .contains("[Book] Gloves — Cid Fox (")
        .contains("[Music] Knock — Bob Ray (");
  }

  @Test
  void aDomainLeavesTheListsThatItFills() {
    CommandRun books = similar("--item", "The Ring", "--domain", "book");
    assertThat(books.out()).contains("Across domains:", "[Book] Gloves");
    assertThat(books.out()).doesNotContain("Within", "[Music]", "1. [Movie]");
    CommandRun films = similar("--item", "the ring", "--domain", "Movie");
    assertThat(films.out()).contains("Within Movie:").doesNotContain("Across", "[Book]");
  }

  @Test
  void aModelAddsTheItemsThatTheSameSessionsLeadTo(@TempDir Path shop) throws Exception {
    Path model = SmallShop.model(shop);

    CommandRun run = CommandRun.of("similar", "--model", model, "--item", "Movie_Heat", "-k", "1");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Within Movie:\n1. [Movie] Ronin — John Frankenheimer (")
        .containsPattern(
            "By the model, within Movie:\\n1\\. \\[Movie] [^(]*(\\(\\d{4}\\)"
                + " )?.*\\(0\\.\\d\\d\\)\\n")
        .contains("By the model, across domains:");
    CommandRun json =
        CommandRun.of("similar", "--model", model, "--item", "Movie_Heat", "-k", "1", "--json");
    JsonNode learned = new ObjectMapper().readTree(json.out()).path("model");
    assertThat(learned.path("within")).hasSize(1);
    assertThat(learned.at("/within/0/similarity").doubleValue()).isBetween(0.0, 1.0);
    assertThat(learned.at("/within/0/shared")).isEmpty();
  }

  @Test
  void aModelWithoutVectorsAndAnItemItNeverSawAreNamed(@TempDir Path shop) throws Exception {
    Path near = shop.resolve("near");
    Path catalogue = SmallShop.catalogue(shop);
    CommandRun.of(
        "train", "--model", "vstan", "--sessions", SmallShop.sessions(shop, 9), "--out", near);
    assertThat(CommandRun.of("similar", "--model", near, "--item", "Movie_Heat").errorLines())
        .containsExactly(
            "segue similar: no vectors of items, expected a GRU or a blend with one, got vstan");
    assertThat(catalogue).exists();
    CommandRun cold =
        CommandRun.of(
            "similar",
            "--model",
            SmallShop.model(shop),
            "--catalogue",
            folder,
            "--item",
            "Movie_Joke");
    assertThat(cold.errorLines())
        .containsExactly(
            "segue similar: cold item, expected one that the model was trained on, got"
                + " \"Movie_Joke\"");
  }

  @Test
  void anEmptyListIsSaidInWords() {
    assertThat(similar("--item", "Movie_Joke").out())
        .contains(
            "Within Movie: nothing shares content with it",
            "Across domains: nothing shares content with it");
  }

  @Test
  void jsonHoldsBothListsWithEverySharedFeature() throws Exception {
    CommandRun run = similar("--item", "Movie_Ring", "-k", "1", "--json");
    JsonNode answer = new ObjectMapper().readTree(run.out());

    assertThat(answer.path("item").path("id").asText()).isEqualTo("Movie_Ring");
    assertThat(answer.path("within")).hasSize(1);
    assertThat(answer.path("across")).hasSize(1);
    JsonNode first = answer.path("within").path(0);
    assertThat(first.path("id").asText()).isEqualTo("Movie_Fist");
    assertThat(first.path("creator").asText()).isEqualTo("Ann Lee");
    double shares = 0;
    for (JsonNode shared : first.path("shared")) {
      assertThat(shared.path("kind").asText()).isNotEmpty();
      shares += shared.path("share").asDouble();
    }
    assertThat(shares)
        .isCloseTo(
            first.path("similarity").asDouble(), org.assertj.core.api.Assertions.within(1e-6));
  }

  @Test
  void mistakesAreOneLine() {
    assertMistake("unknown item \"Rign\"", "--item", "Rign");
    assertMistake(
        "ambiguous item \"Fist\", give one of these ids: \"Movie_Fist\", \"Book_Fist\"",
        "--item",
        "Fist");
    assertMistake("-k: expected at least 1, got 0", "--item", "Movie_Ring", "-k", "0");
    assertMistake(
        "--domain: unknown domain \"Games\", expected one of Movie, Music, Book",
        "--item",
        "Movie_Ring",
        "--domain",
        "Games");
  }

  @Test
  void theItemAndTheCatalogueAreRequired() {
    CommandRun noItem = similar();
    assertThat(noItem.exitCode()).isEqualTo(2);
    assertThat(noItem.errorLines()).singleElement().asString().contains("--item");
    CommandRun noCatalogue =
        CommandRun.of("similar", "--catalogue", folder.resolve("none"), "--item", "x");
    assertThat(noCatalogue.exitCode()).isEqualTo(2);
    assertThat(noCatalogue.errorLines()).singleElement().asString().contains("none");
  }

  private static void assertMistake(String message, Object... arguments) {
    CommandRun run = similar(arguments);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errorLines()).singleElement().asString().startsWith("segue similar: " + message);
  }

  private static CommandRun similar(Object... arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "similar";
    all[1] = "--catalogue";
    all[2] = folder;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return CommandRun.of(all);
  }

  private static Item item(
      String id, String title, String genres, String description, String creator) {
    String domain = id.substring(0, id.indexOf('_'));
    List<String> genreList = List.of(genres.split(", ", -1));
    return new Item(id, title, domain, genreList, description, 50, creator, "");
  }
}
