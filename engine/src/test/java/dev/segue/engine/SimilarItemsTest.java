package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimilarItemsTest {
  private final Recommender recommender = Recommender.contentOnly(SmallItems.CATALOGUE);

  @Test
  void theNearestStandFirstWithinTheDomainAndAcrossDomains() {
    SimilarItems similar = recommender.similar("Movie_Rocket", 5, Set.of());
    assertThat(similar.item().id()).isEqualTo("Movie_Rocket");
    assertThat(ids(similar.within())).containsExactly("Movie_Orbit");
    assertThat(ids(similar.across())).containsExactly("Book_Moonbase", "Book_Paris");
    assertThat(similar.across())
        .extracting(SimilarItem::similarity)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void theSharesOfAllSharedFeaturesAddUpToTheSimilarity() {
    SimilarItems similar = recommender.similar("Movie_Rocket", 5, Set.of());
    Stream.concat(similar.within().stream(), similar.across().stream())
        .forEach(other ->
            assertThat(other.shared().stream().mapToDouble(SharedFeature::share).sum())
                .isCloseTo(other.similarity(), within(1e-6)));
  }

  @Test
  void reasonsNameGenresCreatorsAndWordsOnceAndNeverTheDomain() {
    SimilarItems similar = recommender.similar("Movie_Rocket", 5, Set.of());
    assertThat(similar.within().getFirst().shared())
        .extracting(SharedFeature::kind)
        .contains("domain");
    assertThat(similar.within().getFirst().reasons(9))
        .containsExactlyInAnyOrder("science fiction", "science", "fiction");
    SimilarItem book = similar.across().getFirst();
    assertThat(book.reasons(99))
        .contains("science fiction", "moon", "pilot")
        .doesNotHaveDuplicates();
    assertThat(book.reasons(1)).containsExactly("science fiction");
    assertThat(similar.across().getLast().reasons(9)).containsExactly("ann lee");
  }

  @Test
  void formsOfOneWordAreSimilarAndTheirPartIsNamedWhereNothingElseIsShared() {
    Catalogue items =
        Catalogue.of(
            List.of(
                SmallItems.item("Movie_a", 1, "War", "", "vampire castle"),
                SmallItems.item("Book_b", 1, "Food", "", "vampires"),
                SmallItems.item("Book_c", 1, "Food", "", "castle kitchens")));
    List<SimilarItem> across =
        Recommender.contentOnly(items).similar("Movie_a", 5, Set.of()).across();
    assertThat(ids(across)).containsExactlyInAnyOrder("Book_b", "Book_c");
    SimilarItem plural = across.get(ids(across).indexOf("Book_b"));
    assertThat(plural.reasons(5)).containsExactly("^vampi");
    SimilarItem same = across.get(ids(across).indexOf("Book_c"));
    assertThat(same.reasons(5)).containsExactly("castle");
  }

  @Test
  void theDomainsAskedForNarrowBothLists() {
    SimilarItems books = recommender.similar("Movie_Kiss", 5, Set.of("Book"));
    assertThat(books.within()).isEmpty();
    assertThat(ids(books.across())).containsExactly("Book_Paris");
    SimilarItems films = recommender.similar("Book_Paris", 5, Set.of("Book", "Music"));
    assertThat(ids(films.across())).containsExactly("Music_m1");
  }

  @Test
  void kBoundsEachList() {
    SimilarItems similar = recommender.similar("Movie_Rocket", 1, Set.of());
    assertThat(ids(similar.within())).containsExactly("Movie_Orbit");
    assertThat(ids(similar.across())).containsExactly("Book_Moonbase");
  }

  @Test
  void equallyNearItemsComeByPopularity() {
    Catalogue items =
        Catalogue.of(
            List.of(
                SmallItems.item("Movie_a", 1, "Drama", "", ""),
                SmallItems.item("Movie_dull", 2, "Drama", "", ""),
                SmallItems.item("Movie_loved", 9, "Drama", "", ""),
                SmallItems.item("Movie_known", 5, "Drama", "", ""),
                SmallItems.item("Movie_other", 5, "War", "", "")));
    assertThat(ids(Recommender.contentOnly(items).similar("Movie_a", 2, Set.of()).within()))
        .containsExactly("Movie_loved", "Movie_known");
  }

  @Test
  void nothingButTheDomainIsNoSimilarity() {
    SimilarItems similar = recommender.similar("Book_Cooking", 9, Set.of());
    assertThat(similar.within()).isEmpty();
    assertThat(similar.across()).isEmpty();
  }

  @Test
  void itemsOfBareIdsHaveNoNeighbours() {
    Catalogue bare = Catalogue.of(List.of(Item.ofId("Movie_1"), Item.ofId("Book_2")));
    SimilarItems similar = Recommender.contentOnly(bare).similar("Movie_1", 3, Set.of());
    assertThat(similar.within()).isEmpty();
    assertThat(similar.across()).isEmpty();
  }

  @Test
  void mistakesAreRefusedWithWhatWasExpected() {
    assertThatThrownBy(() -> recommender.similar("Movie_None", 1, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("similar: unknown item, expected an id of the catalogue, got \"Movie_None\"");
    assertThatThrownBy(() -> recommender.similar("Movie_Kiss", 0, Set.of()))
        .hasMessage("similar: k, expected at least 1, got 0");
    assertThatThrownBy(() -> recommender.similar("Movie_Kiss", 1, Set.of("Game")))
        .hasMessage("similar: unknown domain, expected one of Movie, Music, Book, got \"Game\"");
  }

  @Test
  void aClosedRecommenderRefuses() {
    Recommender closed = Recommender.contentOnly(SmallItems.CATALOGUE);
    closed.close();
    assertThatThrownBy(() -> closed.similar("Movie_Kiss", 1, Set.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static List<String> ids(List<SimilarItem> items) {
    return items.stream().map(similar -> similar.item().id()).toList();
  }
}
