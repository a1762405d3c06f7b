package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PopularOrderTest {
  @Test
  void domainsTakeTurnsByTheCataloguesPopularity() {
    assertThat(ids(new PopularOrder(SmallItems.CATALOGUE, null), 7))
        .containsExactly(
            "Movie_Rocket",
            "Music_m1",
            "Book_Moonbase",
            "Movie_Orbit",
            "Music_m2",
            "Book_Paris",
            "Movie_Kiss");
  }

  @Test
  void trainingEventsComeBeforeTheCataloguesPopularity() {
    int[] support = {1, 1, 5, 0, 2};
    assertThat(ids(new PopularOrder(SmallItems.CATALOGUE, support), 5))
        .containsExactly("Movie_Kiss", "Music_m2", "Book_Moonbase", "Movie_Rocket", "Music_m1");
  }

  @Test
  void itemsThatDoNotFitAreLeftOut() {
    PopularOrder order = new PopularOrder(SmallItems.CATALOGUE, null);
    assertThat(order.first(9, item -> item > 6)).containsExactly(7, 8);
    assertThat(order.first(0, _ -> true)).isEmpty();
  }

  private static List<String> ids(PopularOrder order, int count) {
    return order.first(count, _ -> true).stream()
        .map(item -> SmallItems.CATALOGUE.item(item).id())
        .toList();
  }
}
