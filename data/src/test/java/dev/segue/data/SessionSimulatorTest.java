package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.SessionSimulator.Mode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionSimulatorTest {
  private static final Catalogue SAMPLE =
      CataloguePreparation.prepare(
              Path.of("sample/imdb_movies.csv"),
              Path.of("sample/spotify_tracks.csv"),
              Path.of("sample/goodreads_books.csv"))
          .catalogue();

  @Test
  void uniformUsesEachItemOnceAndTheThreeActions() {
    SessionLog log = SessionSimulator.simulate(Mode.UNIFORM, SAMPLE, 100, 42);

    assertThat(log.eventCount()).isEqualTo(SAMPLE.size());
    assertThat(IntStream.range(0, log.eventCount()).map(log::item).distinct())
        .hasSize(SAMPLE.size());
    assertThat(
            IntStream.range(0, log.eventCount()).mapToObj(log::action).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("Clicked", "Searched", "Scrolled");
    assertThat(log.sessionCount()).isBetween(90, 100);
    assertThat(log.hasTimes()).isFalse();
    assertThat(log.hasDwell()).isFalse();
  }

  @Test
  void oneSeedGivesOneLogAndAnotherSeedAnother() {
    for (Mode mode : Mode.values()) {
      List<String> first = SessionLogTest.describe(SessionSimulator.simulate(mode, SAMPLE, 50, 42));

      assertThat(SessionLogTest.describe(SessionSimulator.simulate(mode, SAMPLE, 50, 42)))
          .isEqualTo(first);
      assertThat(SessionLogTest.describe(SessionSimulator.simulate(mode, SAMPLE, 50, 43)))
          .isNotEqualTo(first);
    }
  }

  @Test
  void theSameNumbersComeOutOnEveryMachine() {
    // The published test values of SplitMix64 for this seed.
    var random = new SimulationRandom(1_234_567);
    assertThat(random.nextLong()).isEqualTo(6_457_827_717_110_365_317L);
    assertThat(random.nextLong()).isEqualTo(3_203_168_211_198_807_973L);

    Catalogue letters =
        Catalogue.of(
            IntStream.range(0, 40)
                .mapToObj(i ->
                    new Item(
                        "D" + i % 2 + "_" + i,
                        "t" + i,
                        "D" + i % 2,
                        List.of("g" + i % 3),
                        "",
                        i * 37 % 11,
                        "c" + i % 5,
                        ""))
                .toList());
    SessionLog log = SessionSimulator.simulate(Mode.TASTE, letters, 200, 9);
    assertThat(SessionLogTest.describe(log).hashCode()).isEqualTo(1_825_955_797);
  }

  @Test
  void tasteSessionsLookLikeThoseOfPeople() {
    SessionLog log = SessionSimulator.simulate(Mode.TASTE, SAMPLE, 2000, 1);

    assertThat(log.sessionCount()).isEqualTo(2000);
    assertThat(log.eventCount() / 2000.0).isBetween(6.0, 12.0);
    assertThat(log.items().size()).isEqualTo(SAMPLE.size());
    long days = (log.timeMillis(log.start(1999)) - log.timeMillis(0)) / 86_400_000;
    assertThat(days).isBetween(55L, 60L);
    assertThat(IntStream.range(0, log.eventCount()).map(log::dwellMillis))
        .allMatch(dwell -> dwell > 0 && dwell <= 1_800_000);
    Set<String> pairs = new HashSet<>();
    forEachPair(log, (a, b) -> pairs.add(domain(log, a) + ">" + domain(log, b)));
    assertThat(pairs).hasSize(9);
  }

  @Test
  void likedItemsHoldPeopleLonger() {
    SessionLog log = SessionSimulator.simulate(Mode.TASTE, SAMPLE, 500, 1);

    double clicked = meanDwell(log, "Clicked");
    double scrolled = meanDwell(log, "Scrolled");

    assertThat(clicked).isGreaterThan(5 * scrolled);
  }

  @Test
  void whatComesNextCanBeLearnedAndDependsOnTheOrder() {
    SessionLog log = SessionSimulator.simulate(Mode.TASTE, SAMPLE, 10_000, 1);
    Split split = TimeSplit.byShare(log, 0, 0.1);

    double popular = hitRate(popularity(split.train()), split.test());
    double forward = hitRate(followers(split.train(), false), split.test());
    double backward = hitRate(followers(split.train(), true), split.test());

    assertThat(forward).isGreaterThan(4 * popular);
    assertThat(forward).isGreaterThan(2 * backward);
  }

  @Test
  void uniformSessionsTeachNothingAboutOthers() {
    SessionLog log = SessionSimulator.simulate(Mode.UNIFORM, SAMPLE, 100, 1);
    Split split = TimeSplit.byShare(log, 0, 0.2);

    assertThat(hitRate(followers(split.train(), false), split.test())).isZero();
  }

  @Test
  void catalogueOfAnyKindIsWalkedThrough() {
    List<Item> podcasts =
        IntStream.range(0, 3)
            .mapToObj(i -> new Item("Pod_" + i, "t" + i, "Pod", List.of(), "", i, "", ""))
            .toList();

    SessionLog log = SessionSimulator.simulate(Mode.TASTE, Catalogue.of(podcasts), 20, 1);
    SessionLog single =
        SessionSimulator.simulate(Mode.TASTE, Catalogue.of(podcasts.subList(0, 1)), 20, 1);

    assertThat(log.sessionCount()).isEqualTo(20);
    assertThat(single.sessionCount()).isEqualTo(20);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> SessionSimulator.simulate(Mode.TASTE, SAMPLE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("simulate: number of sessions, expected 1 or more, got 0");
    assertThatThrownBy(() -> SessionSimulator.simulate(Mode.TASTE, Catalogue.of(List.of()), 1, 1))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> Mode.parse("random"))
        .hasMessage("mode: unknown, expected taste or uniform, got \"random\"");
  }

  private interface Pair {
    void of(int event, int next);
  }

  private static void forEachPair(SessionLog log, Pair pair) {
    for (int s = 0; s < log.sessionCount(); s++) {
      for (int e = log.start(s) + 1; e < log.end(s); e++) {
        pair.of(e - 1, e);
      }
    }
  }

  private static String domain(SessionLog log, int event) {
    return SAMPLE.item(log.item(event)).domain();
  }

  private static double meanDwell(SessionLog log, String action) {
    return IntStream.range(0, log.eventCount())
        .filter(e -> log.action(e).equals(action))
        .map(log::dwellMillis)
        .average()
        .orElseThrow();
  }

  /// Returns for each item the ten that follow it most often, or with `isBackward` precede it.
  private static Map<Integer, Set<Integer>> followers(SessionLog log, boolean isBackward) {
    Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
    forEachPair(
        log,
        (a, b) ->
            counts
                .computeIfAbsent(log.item(isBackward ? b : a), i -> new HashMap<>())
                .merge(log.item(isBackward ? a : b), 1, Integer::sum));
    return counts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> top(entry.getValue())));
  }

  private static Map<Integer, Set<Integer>> popularity(SessionLog log) {
    Map<Integer, Integer> counts = new HashMap<>();
    IntStream.range(0, log.eventCount()).forEach(e -> counts.merge(log.item(e), 1, Integer::sum));
    Set<Integer> top = top(counts);
    return counts.keySet().stream().collect(Collectors.toMap(item -> item, item -> top));
  }

  private static Set<Integer> top(Map<Integer, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .limit(10)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static double hitRate(Map<Integer, Set<Integer>> predicted, SessionLog test) {
    int[] hits = new int[2];
    forEachPair(
        test,
        (a, b) -> {
          hits[0] += predicted.getOrDefault(test.item(a), Set.of()).contains(test.item(b)) ? 1 : 0;
          hits[1]++;
        });
    return hits[0] / (double) hits[1];
  }
}
