package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
  private static final Catalogue SMALL =
      Catalogue.of(
          List.of(
              item("Movie_Heat", "Heat", "Movie", 80),
              item("Movie_Pinocchio (1940)", "Pinocchio", "Movie", 70),
              item("Movie_Pinocchio (2022)", "Pinocchio", "Movie", 75),
              item("Book_Pinocchio", "Pinocchio", "Book", 5000),
              item("Music_5SuO", "I’ll Be Back!", "Music", 30),
              item("Movie_Amélie", "Amélie", "Movie", 78),
              item("Movie_Heat Wave", "Heat Wave", "Movie", 90),
              item("Movie_The Heat", "The Heat", "Movie", 95),
              item("Movie_Cheaters", "Cheaters", "Movie", 99),
              item("Movie_Zheat", "Ωμέγα Straße", "Movie", 1)));

  @TempDir Path folder;

  /// A source of some items of [#SMALL] that counts how often all are made.
  private static final class Counted implements ItemSource {
    private final List<Item> items = SMALL.items();
    private int made;

    @Override
    public int size() {
      return items.size();
    }

    @Override
    public Item item(int index) {
      return items.get(index);
    }

    @Override
    public int indexOf(String id) {
      return SMALL.indexOf(id);
    }

    @Override
    public List<Item> items() {
      made++;
      return items;
    }
  }

  @Test
  void aSourceMakesAllItemsOnceAndOnlyWhenTheyAreNeeded() {
    Counted source = new Counted();
    Catalogue catalogue = Catalogue.of(source);
    assertThat(catalogue.size()).isEqualTo(SMALL.size());
    assertThat(catalogue.item(4)).isEqualTo(SMALL.item(4));
    assertThat(catalogue.indexOf("Movie_Heat")).isZero();
    assertThat(catalogue.indexOf("Movie_Cold")).isEqualTo(-1);
    assertThat(catalogue.find("Movie_Heat")).isEqualTo(new Lookup.Found(0, SMALL.item(0)));
    assertThat(source.made).isZero();
    assertThat(catalogue.domains()).isEqualTo(SMALL.domains());
    assertThat(catalogue.popularityPercentile(3)).isEqualTo(SMALL.popularityPercentile(3));
    assertThat(catalogue.search(null, "heat", 3)).isEqualTo(SMALL.search(null, "heat", 3));
    assertThat(catalogue.items()).isEqualTo(SMALL.items());
    assertThat(source.made).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Movie_Amélie",
        "Amélie",
        "amelie",
        "movie_AMELIE",
        "Movie_Ame\u0301lie",
        " Amélie "
      })
  void findsByIdByTitleAndWithoutCaseOrAccents(String text) {
    assertThat(SMALL.find(text)).isEqualTo(new Lookup.Found(5, SMALL.item(5)));
  }

  @Test
  void findsAnotherScriptAndAnApostropheOfEitherKind() {
    assertThat(SMALL.find("ωμεγα STRASSE")).isInstanceOf(Lookup.Found.class);
    assertThat(SMALL.find("Music_I'll Be Back!")).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void anAmbiguousTitleListsTheCandidatesByPopularity() {
    assertThat(SMALL.find("Movie_Pinocchio"))
        .isEqualTo(new Lookup.Ambiguous("Movie_Pinocchio", List.of(SMALL.item(2), SMALL.item(1))));
    assertThat(SMALL.find("Pinocchio"))
        .isInstanceOfSatisfying(
            Lookup.Ambiguous.class, found -> assertThat(found.candidates()).hasSize(3));
    assertThat(SMALL.find("Movie_pinocchio (1940)")).isInstanceOf(Lookup.Found.class);
    assertThat(SMALL.find("Book_Pinocchio")).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void anExactTitleWinsOverOneThatDiffersInCase() {
    Catalogue catalogue =
        Catalogue.of(
            List.of(item("Movie_IT", "IT", "Movie", 9), item("Movie_It", "It", "Movie", 1)));

    assertThat(catalogue.find("It")).isEqualTo(new Lookup.Found(1, catalogue.item(1)));
    assertThat(catalogue.find("it")).isInstanceOf(Lookup.Ambiguous.class);
  }

  @Test
  void anUnknownTitleNamesSimilarOnes() {
    assertThat(SMALL.find("Movie_Pinochio"))
        .isInstanceOfSatisfying(
            Lookup.Unknown.class,
            unknown ->
                assertThat(unknown.similar().stream().map(Item::title)).startsWith("Pinocchio"));
    assertThat(SMALL.find("Xyz")).isEqualTo(new Lookup.Unknown("Xyz", List.of()));
  }

  @Test
  void aQuickLookUpFindsTheSameAndNamesNothingSimilar() {
    assertThat(SMALL.findQuickly("pinocchio")).isEqualTo(SMALL.find("pinocchio"));
    assertThat(SMALL.findQuickly("Movie_Pinochio"))
        .isEqualTo(new Lookup.Unknown("Movie_Pinochio", List.of()));
  }

  @Test
  void searchPutsTheTitleItselfFirstThenBeginningsThenWordsThenPartsOfWords() {
    assertThat(SMALL.search("Movie", "HEAT", 10).stream().map(Item::title))
        .containsExactly("Heat", "Heat Wave", "The Heat", "Cheaters");
    assertThat(SMALL.search(null, "wave he", 10).stream().map(Item::title))
        .containsExactly("Heat Wave");
    assertThat(SMALL.search("Book", "heat", 10)).isEmpty();
    assertThat(SMALL.search(null, "e", 2)).hasSize(2);
  }

  @Test
  void anEmptySearchGivesTheMostPopular() {
    assertThat(SMALL.search("Movie", " ", 2).stream().map(Item::title))
        .containsExactly("Cheaters", "The Heat");
  }

  @Test
  void percentilesAreWithinTheDomain() {
    Catalogue catalogue =
        Catalogue.of(
            List.of(
                item("Movie_a", "a", "Movie", 10),
                item("Movie_b", "b", "Movie", 30),
                item("Movie_c", "c", "Movie", 30),
                item("Movie_d", "d", "Movie", 40),
                item("Book_e", "e", "Book", 1_000_000)));

    assertThat(catalogue.popularityPercentile(0)).isEqualTo(25);
    assertThat(catalogue.popularityPercentile(1)).isEqualTo(75);
    assertThat(catalogue.popularityPercentile(2)).isEqualTo(75);
    assertThat(catalogue.popularityPercentile(3)).isEqualTo(100);
    assertThat(catalogue.popularityPercentile(4)).isEqualTo(100);
    assertThat(catalogue.domains()).containsExactly("Movie", "Book");
  }

  @Test
  void twoItemsOfOneIdAreRefused() {
    assertThatThrownBy(() ->
            Catalogue.of(
                List.of(item("Movie_a", "a", "Movie", 1), item("Movie_a", "b", "Movie", 2))))
        .isInstanceOf(DataException.class)
        .hasMessage("catalogue: an id occurs twice, expected distinct ids, got \"Movie_a\"");
  }

  @Test
  void theFileHasTheEightUnifiedColumns() throws IOException {
    Catalogue.of(
            List.of(
                new Item(
                    "Movie_a",
                    "a",
                    "Movie",
                    List.of("Drama", "Action"),
                    "d, e",
                    73,
                    "c",
                    "03/02/2023")))
        .write(folder.resolve("new"));

    assertThat(folder.resolve("new/catalogue.csv"))
        .hasContent(
            """
            Item_ID,Title,Genre,Description,Popularity,Creator,Timestamp,Item_Type
            Movie_a,a,"Drama, Action","d, e",73,c,03/02/2023,Movie
            """);
    assertThat(folder.resolve("new").toFile().list()).containsExactly("catalogue.csv");
  }

  @Test
  void aBadCatalogueIsReportedWithLineAndColumn() throws IOException {
    Path file = folder.resolve("catalogue.csv");
    Files.writeString(
        file, "Item_ID,Title,Genre,Description,Popularity,Creator,Timestamp,Item_Type\n");
    Files.writeString(file, "\"x\n\",t,g,d,lots,c,ts,Movie\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> Catalogue.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":2: Popularity: not a number: \"lots\"");

    Files.writeString(file, "Item_ID,Name\n");
    assertThatThrownBy(() -> Catalogue.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": Title: no such column, expected a column of this name; columns found: Item_ID,"
                + " Name");
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadBack(@ForAll("catalogues") List<Item> items) throws IOException {
    Path directory = Files.createTempDirectory("catalogue");
    try {
      Catalogue.of(items).write(directory);
      assertThat(Catalogue.read(directory).items()).isEqualTo(items);
    } finally {
      Files.deleteIfExists(directory.resolve("catalogue.csv"));
      Files.delete(directory);
    }
  }

  @Provide
  Arbitrary<List<Item>> catalogues() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withChars(",\"\n\r ;'\\é\u00A0漢\uFEFF")
            .withCharRange('a', 'e')
            .ofMaxLength(12);
    Arbitrary<String> id = text.filter(s -> !s.isEmpty());
    return Combinators.combine(
            id, text, text, text.list().ofMaxSize(3), text, Arbitraries.doubles(), text, text)
        .as(Item::new)
        .list()
        .uniqueElements(Item::id)
        .ofMaxSize(8);
  }

  private static Item item(String id, String title, String domain, double popularity) {
    return new Item(id, title, domain, List.of("Drama"), "", popularity, "", "");
  }
}
