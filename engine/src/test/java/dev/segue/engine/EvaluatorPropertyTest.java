package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// The evaluator against the definitions in plain loops, on random sessions over seven items, of
/// which the model knows the first five.
class EvaluatorPropertyTest {
  private static final int KNOWN = 5;
  private static final int[] CUTOFFS = {1, 2, 3, 4, 7};

  private static final Catalogue ITEMS =
      Catalogue.of(
          IntStream.range(0, 7)
              .mapToObj(i -> Item.ofId((i % 2 == 0 ? "Book_" : "Movie_") + i))
              .toList());

  /// Scores that depend on the whole session and often tie.
  private static final SessionModel MODEL =
      new TableModel(
          "hash",
          ITEMS,
          KNOWN,
          session -> {
            float[] scores = new float[KNOWN];
            for (int i = 0; i < KNOWN; i++) {
              scores[i] = Math.floorMod(31 * session.hashCode() + 17 * i * i, 4);
            }
            return scores;
          });

  @Property(tries = 300)
  void agreesWithTheDefinitions(
      @ForAll("sessions") List<List<Integer>> sessions,
      @ForAll @IntRange(min = 1, max = 64) int buffer,
      @ForAll @IntRange(min = 1, max = 4) int threads) {
    List<Integer> ranks = naiveRanks(sessions);
    Assume.that(!ranks.isEmpty());
    EvaluationReport report =
        new Evaluator(CUTOFFS)
            .withBuffer(buffer)
            .withThreads(threads)
            .evaluate(MODEL, List.of(), log(sessions));
    assertThat(report.predictions()).isEqualTo(ranks.size());
    for (int k : CUTOFFS) {
      double hits = ranks.stream().filter(rank -> rank <= k).count();
      double gains = ranks.stream().filter(rank -> rank <= k).mapToDouble(rank -> 1.0 / rank).sum();
      assertThat(report.recall().get(k)).isCloseTo(hits / ranks.size(), within(1e-12));
      assertThat(report.mrr().get(k)).isCloseTo(gains / ranks.size(), within(1e-12));
    }
  }

  @Property(tries = 100)
  void metricsGrowWithTheCutoffAndPrecisionIsRecallByCutoff(
      @ForAll("sessions") List<List<Integer>> sessions) {
    Assume.that(!naiveRanks(sessions).isEmpty());
    EvaluationReport report = new Evaluator(CUTOFFS).evaluate(MODEL, List.of(), log(sessions));
    for (Map<Integer, Double> metric :
        List.of(report.recall(), report.mrr(), report.ndcg(), report.coverage())) {
      assertThat(List.copyOf(metric.values()))
          .isSorted()
          .allMatch(value -> value >= 0 && value <= 1);
    }
    for (int k : CUTOFFS) {
      assertThat(report.recall())
          .hasEntrySatisfying(
              k, recall -> assertThat(report.precision()).containsEntry(k, recall / k));
    }
  }

  @Property(tries = 50)
  void doesNotDependOnTheNumberOfThreads(@ForAll("sessions") List<List<Integer>> sessions) {
    Assume.that(!naiveRanks(sessions).isEmpty());
    SessionLog log = log(sessions);
    Evaluator evaluator = new Evaluator(CUTOFFS).withBuffer(2 * KNOWN);
    EvaluationReport one = evaluator.withThreads(1).evaluate(MODEL, List.of(), log);
    EvaluationReport four = evaluator.withThreads(4).evaluate(MODEL, List.of(), log);
    assertThat(four).usingRecursiveComparison().ignoringFields("seconds").isEqualTo(one);
  }

  @Provide
  Arbitrary<List<List<Integer>>> sessions() {
    return Arbitraries.integers()
        .between(0, 6)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .list()
        .ofMaxSize(9);
  }

  private static List<Integer> naiveRanks(List<List<Integer>> sessions) {
    List<Integer> ranks = new ArrayList<>();
    for (List<Integer> session : sessions) {
      for (int position = 1; position < session.size(); position++) {
        int target = session.get(position);
        ModelState state = MODEL.start();
        session.subList(0, position).stream()
            .filter(item -> item < KNOWN)
            .forEach(item -> state.add(new ModelEvent(item, "Clicked", -1)));
        float[] scores = new float[KNOWN];
        state.scores(scores);
        ranks.add(target < KNOWN ? naiveRank(scores, target) : Integer.MAX_VALUE);
      }
    }
    return ranks;
  }

  /// Sorts all items, best first, with the target behind its equals.
  private static int naiveRank(float[] scores, int target) {
    List<Integer> sorted =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -scores[i])
                    .thenComparingInt(i -> i == target ? 1 : 0))
            .toList();
    return sorted.indexOf(target) + 1;
  }

  private static SessionLog log(List<List<Integer>> sessions) {
    SessionLog.Builder builder = SessionLog.builder();
    for (int i = 0; i < sessions.size(); i++) {
      for (int item : sessions.get(i)) {
        builder.add("s" + i, ITEMS.item(item).id());
      }
    }
    return builder.build();
  }
}
