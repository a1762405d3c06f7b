package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.engine.content.ContentFeatures;
import dev.segue.engine.content.ContentIndex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lists in which items that are alike are held apart.
class DiversityTest {
  /// One author's eight books of one subject, then four by others.
  private static final Catalogue FLOOD = flood();

  private static Catalogue flood() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      items.add(book("Book_" + i, "dragons castle sword", "Fantasy", "One Author", 100 - i));
    }
    String[] subjects = {
      "ships sea harbour", "murder detective", "planets rocket", "kitchen bread"
    };
    for (int i = 0; i < 4; i++) {
      items.add(book("Book_" + (8 + i), subjects[i], "Genre " + i % 2, "Author " + i % 2, 50 - i));
    }
    return Catalogue.of(items);
  }

  private static Item book(
      String id, String description, String genre, String creator, double popularity) {
    return new Item(id, id, "Book", List.of(genre), description, popularity, creator, "");
  }

  /// Scores fall with the number of the item.
  private static final SessionModel MODEL =
      new TableModel(
          "falling", FLOOD, 12, session -> new float[] {12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1});

  private final Recommender recommender = SessionRecommender.of(MODEL, FLOOD);

  @Test
  void noDiversityChangesNothing() {
    RecommendationQuery query = RecommendationQuery.top(5);
    List<SessionEvent> session = List.of(SessionEvent.click("Book_0"));
    assertThat(recommender.recommend(session, query.withDiversity(0)))
        .isEqualTo(recommender.recommend(session, query));
    assertThat(ids(0)).containsExactly("Book_1", "Book_2", "Book_3", "Book_4", "Book_5");
  }

  @Test
  void aFloodOfOneAuthorIsHeldDown() {
    List<String> diverse = ids(0.5);
    assertThat(diverse).hasSize(5).startsWith("Book_1").doesNotHaveDuplicates();
    assertThat(diverse.stream().filter(id -> Integer.parseInt(id.substring(5)) < 8).count())
        .as("of one author")
        .isLessThanOrEqualTo(3);
  }

  @Test
  void itemsKeepTheirScores() {
    Recommendation answer =
        recommender.recommend(
            List.of(SessionEvent.click("Book_0")), RecommendationQuery.top(5).withDiversity(0.5));
    assertThat(answer.items())
        .allSatisfy(scored ->
            assertThat(scored.score())
                .isEqualTo(12 - Integer.parseInt(scored.item().id().substring(5))));
  }

  @Test
  void productsOfVectorsAreTheSimilaritiesOfTheIndex() {
    ContentFeatures features = ContentFeatures.of(FLOOD);
    float[] similarities = new float[12];
    for (int item = 0; item < 12; item++) {
      new ContentIndex(features).similarities(item, similarities);
      for (int other = 0; other < 12; other++) {
        assertThat(features.product(item, other)).isCloseTo(similarities[other], within(1e-6));
      }
    }
  }

  @Test
  void withoutContentOrRowsNothingTellsWhatIsAlike() {
    Catalogue bare = Catalogue.of(List.of(Item.ofId("a"), Item.ofId("b"), Item.ofId("c")));
    Recommender ids =
        SessionRecommender.of(
            new TableModel("table", bare, 3, session -> new float[] {3, 2, 1}), bare);
    RecommendationQuery query = RecommendationQuery.top(2).withDiversity(0.2);
    assertThatThrownBy(() -> ids.recommend(List.of(SessionEvent.click("a")), query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("diversity: nothing tells which items are alike, expected");
  }

  @Test
  void aDiversityOutsideZeroToOneIsRefused() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> RecommendationQuery.top(1).withDiversity(wrong))
          .hasMessage("recommend: diversity, expected 0 to 1, got " + wrong);
      assertThatThrownBy(() -> new Evaluator(1).withDiversity(wrong))
          .hasMessage("evaluate: diversity, expected 0 to 1, got " + wrong);
    }
  }

  @Test
  void equalScoresCountAgainstTheTargetOfADiverseList() {
    DiverseLists lists = new DiverseLists(0.5, (a, b) -> 0);
    float[] scores = {5, 5, 5, 1};
    int[] best = {0, 1, 2, 3};
    assertThat(DiverseLists.rank(lists.list(best, scores, 0, 0, 4), 0)).isEqualTo(3);
    assertThat(DiverseLists.rank(lists.list(best, scores, 0, 3, 4), 3)).isEqualTo(4);
    assertThat(DiverseLists.rank(lists.list(best, scores, 0, 3, 2), 3)).isEqualTo(RankCounts.MISS);
  }

  @Test
  void diversityOfAListIsOneLessTheMeanSimilarityOfItsPairs() {
    DiverseLists lists = new DiverseLists(0, (a, b) -> a + b == 1 ? 0.9 : 0.3);
    assertThat(lists.of(new int[] {0, 1, 2})).isCloseTo(1 - 1.5 / 3, within(1e-12));
    assertThat(lists.of(new int[] {4})).isEqualTo(1);
  }

  private List<String> ids(double diversity) {
    return recommender
        .recommend(
            List.of(SessionEvent.click("Book_0")),
            RecommendationQuery.top(5).withDiversity(diversity))
        .items()
        .stream()
        .map(scored -> scored.item().id())
        .toList();
  }
}
