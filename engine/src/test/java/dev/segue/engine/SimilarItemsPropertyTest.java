package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for the neighbours in any catalogue.
class SimilarItemsPropertyTest {
  @Property(tries = 200)
  void similarityIsSymmetricBoundedAndNeverOfAnItemWithItself(
      @ForAll("catalogues") List<Item> items) {
    Recommender recommender = Recommender.contentOnly(Catalogue.of(items));
    Map<List<String>, Double> found = new HashMap<>();
    for (Item item : items) {
      SimilarItems similar = recommender.similar(item.id(), items.size(), Set.of());
      assertThat(similar.within()).allMatch(other -> other.item().domain().equals(item.domain()));
      assertThat(similar.across()).noneMatch(other -> other.item().domain().equals(item.domain()));
      Stream.concat(similar.within().stream(), similar.across().stream())
          .forEach(other -> found.put(List.of(item.id(), other.item().id()), other.similarity()));
    }
    found.forEach((pair, similarity) -> {
      assertThat(similarity).isGreaterThan(0).isLessThanOrEqualTo(1);
      assertThat(pair.getFirst()).isNotEqualTo(pair.getLast());
      assertThat(found.get(pair.reversed())).isEqualTo(similarity);
    });
  }

  @Property(tries = 100)
  void aShortListIsTheBeginningOfALongOne(@ForAll("catalogues") List<Item> items) {
    Recommender recommender = Recommender.contentOnly(Catalogue.of(items));
    String id = items.getFirst().id();
    SimilarItems all = recommender.similar(id, items.size(), Set.of());
    SimilarItems few = recommender.similar(id, 3, Set.of());
    assertThat(few.within()).isEqualTo(all.within().stream().limit(3).toList());
    assertThat(few.across()).isEqualTo(all.across().stream().limit(3).toList());
  }

  @Provide
  Arbitrary<List<Item>> catalogues() {
    Arbitrary<List<String>> genres =
        Arbitraries.of("Drama", "War", "Sci-Fi", "Unknown").list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<String> text =
        Arbitraries.of("boxing", "boxer", "moon", "night", "knight", "東京物語", "No", "é")
            .list()
            .ofMaxSize(6)
            .map(words -> String.join(" ", words));
    Arbitrary<String> creator = Arbitraries.of("", "Not Available", "Ann Lee", "Bob Ray; Ann Lee");
    Arbitrary<Item> item =
        Combinators.combine(Arbitraries.of("Movie", "Music", "Book"), genres, text, creator)
            .as((domain, ofGenres, description, by) ->
                new Item("", "", domain, ofGenres, description, ofGenres.size(), by, ""));
    return item.list().ofMinSize(1).ofMaxSize(14).map(SimilarItemsPropertyTest::numbered);
  }

  private static List<Item> numbered(List<Item> drafts) {
    List<Item> items = new ArrayList<>();
    for (Item draft : drafts) {
      String id = draft.domain() + "_" + items.size();
      items.add(
          new Item(
              id,
              id,
              draft.domain(),
              draft.genres(),
              draft.description(),
              draft.popularity(),
              draft.creator(),
              ""));
    }
    return items;
  }
}
