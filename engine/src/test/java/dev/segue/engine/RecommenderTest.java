package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a [Recommender] promises. The trained model here knows the films and songs of the small
/// catalogue and recommends the number after the last item, then the one after that, around the
/// clock; the books are cold.
class RecommenderTest {
  private static final int TRAINED = 6;

  private static final Catalogue KNOWN =
      Catalogue.of(SmallItems.CATALOGUE.items().subList(0, TRAINED));

  private static final SessionModel NEXT_NUMBER =
      new TableModel(
          "next",
          KNOWN,
          TRAINED,
          session -> {
            float[] scores = new float[TRAINED];
            int last = session.isEmpty() ? 0 : session.getLast();
            for (int i = 0; i < TRAINED; i++) {
              scores[i] = TRAINED - Math.floorMod(i - last - 1, TRAINED);
            }
            return scores;
          });

  private final Recommender content = Recommender.contentOnly(SmallItems.CATALOGUE);
  private final Recommender model = SessionRecommender.of(NEXT_NUMBER, SmallItems.CATALOGUE);

  @Test
  void theTrainedModelAnswersForItemsThatItKnows() {
    Recommendation answer = ask(model, top(3), "Music_m1", "Movie_Rocket");
    assertThat(answer.model()).isEqualTo("next");
    assertThat(ids(answer)).containsExactly("Movie_Orbit", "Movie_Kiss", "Music_m2");
    assertThat(answer.backfilled()).isZero();
  }

  @Test
  void contentAnswersWithoutATrainedModel() {
    Recommendation answer = ask(content, top(2), "Movie_Rocket");
    assertThat(answer.model()).isEqualTo("content");
    assertThat(ids(answer)).containsExactlyInAnyOrder("Movie_Orbit", "Book_Moonbase");
  }

  @Test
  void aSessionOfColdItemsIsAnsweredByContent() {
    Recommendation answer = ask(model, top(2), "Book_Moonbase");
    assertThat(answer.model()).isEqualTo("content");
    assertThat(ids(answer)).containsExactly("Movie_Rocket", "Movie_Orbit");
  }

  @Test
  void aMixedSessionIsAnsweredByBothInProportion() {
    // The later event weighs 1, the one before it 0.85: content is due 54 % of the places.
    Recommendation answer = ask(model, top(4), "Movie_Kiss", "Book_Moonbase");
    assertThat(answer.model()).isEqualTo("next+content");
    assertThat(ids(answer)).containsExactly("Movie_Rocket", "Music_m1", "Movie_Orbit", "Music_m2");
    assertThat(answer.items())
        .extracting(ScoredItem::score)
        .containsExactly(1.0, 1 / 2.0, 1 / 3.0, 1 / 4.0);
    assertThat(ids(ask(model, top(1), "Book_Moonbase", "Movie_Kiss"))).containsExactly("Music_m1");
  }

  @Test
  void itemsOfTheSessionAreLeftOutUnlessAskedFor() {
    assertThat(ids(ask(model, top(9), "Movie_Rocket", "Music_m1")))
        .doesNotContain("Movie_Rocket", "Music_m1");
    RecommendationQuery again = new RecommendationQuery(9, Set.of(), Set.of(), false);
    assertThat(ids(ask(model, again, "Movie_Rocket", "Music_m1")))
        .contains("Movie_Rocket", "Music_m1");
  }

  @Test
  void excludedItemsDoNotAppear() {
    Set<String> excluded = Set.of("Movie_Orbit", "Book_Cooking", "Book_Unheard");
    RecommendationQuery query = new RecommendationQuery(9, Set.of(), excluded, true);
    for (Recommender recommender : List.of(content, model)) {
      assertThat(ids(ask(recommender, query, "Movie_Rocket")))
          .hasSize(6)
          .doesNotContain("Movie_Orbit", "Book_Cooking");
      assertThat(ids(ask(recommender, query))).hasSize(7).doesNotContain("Movie_Orbit");
    }
  }

  @Test
  void onlyAskedForDomainsAppear() {
    for (Recommender recommender : List.of(content, model)) {
      assertThat(domains(ask(recommender, top(2, "Music"), "Movie_Rocket"))).containsOnly("Music");
      assertThat(domains(ask(recommender, top(2, "Book"), "Movie_Rocket"))).containsOnly("Book");
      assertThat(domains(ask(recommender, top(6, "Book", "Music")))).containsOnly("Book", "Music");
    }
  }

  @Test
  void anUnknownDomainIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> ask(model, top(2, "Film"), "Movie_Rocket"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recommend: unknown domain, expected one of Movie, Music, Book, got \"Film\"");
  }

  @Test
  void unknownItemsAreReportedOnceAndIgnored() {
    Recommendation answer =
        ask(model, top(3), "Movie_None", "Movie_Rocket", "Game_None", "Movie_None");
    assertThat(answer.unknownItems()).containsExactly("Movie_None", "Game_None");
    assertThat(ids(answer)).isEqualTo(ids(ask(model, top(3), "Movie_Rocket")));
  }

  @Test
  void aSessionWithoutKnownItemsGetsPopularOnesOfEachDomain() {
    for (Recommendation answer : List.of(ask(model, top(4)), ask(content, top(4), "Game_None"))) {
      assertThat(answer.model()).isEqualTo("popularity");
      assertThat(answer.backfilled()).isZero();
      assertThat(ids(answer))
          .containsExactly("Movie_Rocket", "Music_m1", "Book_Moonbase", "Movie_Orbit");
    }
    assertThat(ask(content, top(4), "Game_None").unknownItems()).containsExactly("Game_None");
  }

  @Test
  void popularItemsFillTheListAndAreCounted() {
    Recommendation answer = ask(content, top(8), "Book_Cooking");
    assertThat(answer.items()).hasSize(8).extracting(ScoredItem::item).doesNotHaveDuplicates();
    assertThat(ids(answer).subList(0, 2))
        .as("the other books share the domain")
        .containsExactlyInAnyOrder("Book_Moonbase", "Book_Paris");
    assertThat(answer.backfilled()).isEqualTo(6);
    assertThat(answer.items())
        .extracting(ScoredItem::score)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void thereAreNeverFewerItemsThanTheCatalogueAllows() {
    List<List<String>> sessions =
        List.of(
            List.of(),
            List.of("Movie_None"),
            List.of("Movie_Rocket"),
            List.of("Book_Cooking"),
            List.of("Book_Cooking", "Music_m2"));
    for (Recommender recommender : List.of(content, model)) {
      for (List<String> session : sessions) {
        long known = session.stream().filter(id -> SmallItems.index(id) >= 0).count();
        for (int k = 1; k <= 12; k++) {
          Recommendation answer = ask(recommender, top(k), session.toArray(String[]::new));
          assertThat(answer.items()).hasSize((int) Math.min(k, 9 - known));
        }
        assertThat(ask(recommender, top(Integer.MAX_VALUE), session.toArray(String[]::new)).items())
            .hasSize((int) (9 - known));
      }
    }
  }

  @Test
  void anIncrementalSessionAnswersLikeAStatelessOne() {
    List<SessionEvent> events = new ArrayList<>();
    SessionState session = model.newSession();
    for (String id : List.of("Movie_Rocket", "Game_None", "Book_Paris", "Music_m2")) {
      SessionEvent event = new SessionEvent(id, "Clicked", 5_000, -1);
      assertThat(session.add(event)).isEqualTo(!id.equals("Game_None"));
      events.add(event);
      assertThat(session.recommend(top(5))).isEqualTo(model.recommend(events, top(5)));
    }
    assertThat(session.events()).isEqualTo(events);
  }

  @Test
  void sharedFeaturesExplainAnItem() {
    SessionState session = model.newSession();
    session.add(SessionEvent.click("Movie_Rocket"));
    assertThat(session.explain("Book_Moonbase", 3))
        .hasSize(3)
        .first()
        .isEqualTo(
            new SharedFeature(
                "genre",
                "science fiction",
                session.explain("Book_Moonbase", 1).getFirst().share()));
    assertThatThrownBy(() -> session.explain("Game_None", 3))
        .hasMessage("explain: unknown item, expected an id of the catalogue, got \"Game_None\"");
  }

  @Test
  void theCatalogueRenewsWhatTheModelKnowsOfItsItems() {
    Catalogue bare = Catalogue.of(KNOWN.items().stream().map(i -> Item.ofId(i.id())).toList());
    SessionModel trainedOnIds =
        new TableModel("ids", bare, TRAINED, session -> new float[] {6, 5, 4, 3, 2, 1});
    Recommender renewed = SessionRecommender.of(trainedOnIds, SmallItems.CATALOGUE);
    assertThat(renewed.items().items()).isEqualTo(SmallItems.CATALOGUE.items());
  }

  @Test
  void aClosedRecommenderSaysSo() {
    SessionState session = content.newSession();
    content.close();
    content.close();
    assertThatThrownBy(content::newSession)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("recommend: the recommender is closed, expected an open one");
    assertThatThrownBy(() -> session.recommend(top(1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEmptyCatalogueIsRefused() {
    assertThatThrownBy(() -> Recommender.contentOnly(Catalogue.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recommend: the catalogue is empty, expected at least one item, got 0");
  }

  private static RecommendationQuery top(int k, String... domains) {
    return new RecommendationQuery(k, Set.of(domains), Set.of(), true);
  }

  private static Recommendation ask(
      Recommender recommender, RecommendationQuery query, String... session) {
    return recommender.recommend(Stream.of(session).map(SessionEvent::click).toList(), query);
  }

  private static List<String> ids(Recommendation answer) {
    return answer.items().stream().map(scored -> scored.item().id()).toList();
  }

  private static List<String> domains(Recommendation answer) {
    return answer.items().stream().map(scored -> scored.item().domain()).toList();
  }
}
