package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentModelTest {
  private final ContentModel model = ContentModel.of(SmallItems.CATALOGUE);

  @Test
  void genresAndWordsCrossDomains() {
    assertThat(best(3, "Movie_Rocket")).contains("Movie_Orbit", "Book_Moonbase");
    assertThat(best(3, "Book_Paris")).contains("Movie_Kiss", "Music_m1");
    assertThat(best(2, "Music_m2")).contains("Music_m3");
  }

  @Test
  void scoresAreCosinesWithPopularityAsTieBreak() {
    ContentModel.State state = state("Movie_Rocket");
    float[] scores = scores(state);
    int self = SmallItems.index("Movie_Rocket");
    assertThat(scores[self]).isCloseTo(1.001f, within(1e-5f));
    double shared =
        state.explain(SmallItems.index("Book_Moonbase"), 99).stream()
            .mapToDouble(SharedFeature::share)
            .sum();
    assertThat(scores[SmallItems.index("Book_Moonbase")])
        .isCloseTo((float) (shared + 0.001), within(1e-5f));
  }

  @Test
  void anItemThatSharesNothingScoresBelowZeroByPopularity() {
    float[] scores = scores(state("Movie_Rocket"));
    assertThat(scores[SmallItems.index("Book_Cooking")]).isCloseTo(0.001f / 3 - 1, within(1e-6f));
    assertThat(max(scores(state()))).isNegative();
  }

  @Test
  void laterEventsWeighMore() {
    int song = SmallItems.index("Music_m3");
    int book = SmallItems.index("Book_Moonbase");
    float[] songLast = scores(state("Movie_Rocket", "Music_m2"));
    float[] filmLast = scores(state("Music_m2", "Movie_Rocket"));
    assertThat(songLast[song]).isGreaterThan(filmLast[song]);
    assertThat(songLast[book]).isLessThan(filmLast[book]);
  }

  @Test
  void longerDwellWeighsMore() {
    ContentModel.State state = model.start();
    state.add(event("Movie_Rocket", 600_000));
    state.add(event("Music_m2", 0));
    assertThat(best(2, state)).doesNotContain("Music_m3");
  }

  @Test
  void weightsFollowTheFormula() {
    ContentModel.State state = model.start();
    state.add(event("Movie_Rocket", -1));
    state.add(event("Music_m2", 9_000));
    state.add(event("Movie_Rocket", -1));
    assertThat(state.weights().get(0)).isCloseTo(1 + 0.85 * 0.85, within(1e-12));
    assertThat(state.weights().get(SmallItems.index("Music_m2")))
        .isCloseTo(0.85 * Math.log(10) / Math.log(31), within(1e-12));
  }

  @Test
  void onlyTheLastFiftyEventsCount() {
    ContentModel.State state = model.start();
    state.add(event("Book_Cooking", -1));
    for (int i = 0; i < 50; i++) {
      state.add(event("Music_m2", -1));
    }
    assertThat(state.weights()).containsOnlyKeys(SmallItems.index("Music_m2"));
  }

  @Test
  void explainsWhatIsShared() {
    List<SharedFeature> reasons =
        state("Movie_Rocket").explain(SmallItems.index("Book_Moonbase"), 99);
    assertThat(reasons)
        .extracting(reason -> reason.kind() + ":" + reason.text())
        .contains("genre:science fiction", "word:moon", "word:pilot");
    assertThat(reasons)
        .extracting(SharedFeature::share)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(state("Movie_Rocket").explain(SmallItems.index("Book_Moonbase"), 1)).hasSize(1);
    assertThat(state("Movie_Rocket").explain(SmallItems.index("Book_Cooking"), 9)).isEmpty();
  }

  @Test
  void aModelOfTheFirstItemsRanksOnlyThese() {
    ContentModel first =
        (ContentModel) Baselines.of(SmallItems.CATALOGUE, statistics(4), null).getLast();
    assertThat(first.vocabularySize()).isEqualTo(4);
    ModelState state = first.start();
    state.add(event("Movie_Rocket", -1));
    assertThat(state.top(9, new int[0], null).items()[0]).hasSize(4);
  }

  @Test
  void bareIdsHaveNoContentBaseline() {
    Catalogue bare =
        Catalogue.of(List.of(dev.segue.data.Item.ofId("1"), dev.segue.data.Item.ofId("2")));
    assertThat(Baselines.of(bare, statistics(2), null))
        .extracting(SessionModel::name)
        .containsExactly("popularity", "session-popularity", "markov");
  }

  private static TrainingStatistics statistics(int items) {
    return new TrainingStatistics(new int[items], new int[items + 1], new int[0], new int[0]);
  }

  private static ModelEvent event(String id, long dwellMillis) {
    return new ModelEvent(SmallItems.index(id), "Clicked", dwellMillis);
  }

  private static float max(float[] scores) {
    float max = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    return max;
  }

  private ContentModel.State state(String... ids) {
    ContentModel.State state = model.start();
    for (String id : ids) {
      state.add(event(id, -1));
    }
    return state;
  }

  private static float[] scores(ModelState state) {
    float[] scores = new float[SmallItems.CATALOGUE.size()];
    state.scores(scores);
    return scores;
  }

  private List<String> best(int k, String... ids) {
    return best(k, state(ids));
  }

  /// Returns the best items apart from those of the sessions used here.
  private static List<String> best(int k, ModelState state) {
    int[] seen = {
      SmallItems.index("Movie_Rocket"), SmallItems.index("Book_Paris"), SmallItems.index("Music_m2")
    };
    return java.util.Arrays.stream(state.top(k, seen, null).items()[0])
        .mapToObj(item -> SmallItems.CATALOGUE.item(item).id())
        .toList();
  }
}
