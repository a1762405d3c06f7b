package dev.segue.engine.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// The search through the index against one that looks at every session of the log.
class NeighbourPropertyTest {
  private static final int ITEMS = 12;

  @Property(tries = 300)
  void theIndexFindsWhatALookAtEverySessionFinds(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int sessions,
      @ForAll @IntRange(min = 1, max = 20) int k,
      @ForAll @IntRange(min = 1, max = 30) int sample) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[][] log = new int[sessions][];
    for (int s = 0; s < sessions; s++) {
      log[s] = random.ints(1 + random.nextInt(9), 0, ITEMS).toArray();
    }
    SessionNeighbours.Weights weights =
        new SessionNeighbours.Weights(
            k,
            sample,
            decay(random),
            random.nextBoolean() ? Double.POSITIVE_INFINITY : 1 + random.nextInt(20),
            random.nextBoolean(),
            decay(random),
            random.nextBoolean() ? new Decay.None() : new Decay.Exponential(1.5),
            random.nextInt(3));
    // The bound is the sample: what the index drops must not be missed.
    SessionIndex index = Indexes.index(Indexes.daily(log), ITEMS, sample, 100);
    int[] current = random.ints(0, ITEMS).distinct().limit(1 + random.nextInt(5)).toArray();

    Map<Integer, Float> found = Indexes.scores(new SessionNeighbours(index, weights), current);

    Map<Integer, Double> expected = new EverySession(log, weights).scores(current);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((item, score) ->
        assertThat((double) found.getOrDefault(item, Float.NaN))
            .isCloseTo(score, within(1e-5 * (1 + score))));
  }

  @Property(tries = 200)
  void rulesAreWhatEveryPairOfEventsSays(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int sessions,
      @ForAll @IntRange(min = 1, max = 6) int steps) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int[][] log = new int[sessions][];
    Map<Integer, Double> expected = new HashMap<>();
    int last = random.nextInt(ITEMS);
    for (int s = 0; s < sessions; s++) {
      log[s] = random.ints(1 + random.nextInt(9), 0, ITEMS).toArray();
      for (int p = 0; p < log[s].length; p++) {
        for (int q = p + 1; q < log[s].length && q - p <= steps; q++) {
          if (log[s][p] == last) {
            expected.merge(log[s][q], 1.0 / (q - p), Double::sum);
          }
        }
      }
    }
    SessionIndex index = Indexes.index(Indexes.daily(log), ITEMS, 100, 100);

    Map<Integer, Float> found = Indexes.scores(new SequentialRules(index, 100, steps), last);

    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((item, score) ->
        assertThat((double) found.getOrDefault(item, Float.NaN)).isCloseTo(score, within(1e-4)));
  }

  private static Decay decay(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Decay.None();
      case 1 -> new Decay.Polynomial(2);
      case 2 -> new Decay.Reciprocal();
      default -> new Decay.Exponential(1 + random.nextInt(3));
    };
  }

  /// The definition, word by word.
  private record EverySession(int[][] log, SessionNeighbours.Weights weights) {
    private record Neighbour(List<Integer> items, int shared, int stepsBack, float similarity) {}

    Map<Integer, Double> scores(int[] current) {
      List<Neighbour> neighbours = new ArrayList<>();
      for (int s = log.length - 1; s >= 0 && neighbours.size() < weights.sample(); s--) {
        Neighbour neighbour = neighbour(s, current);
        if (neighbour != null) {
          neighbours.add(neighbour);
        }
      }
      neighbours.sort(Comparator.comparingDouble((Neighbour n) -> -n.similarity()));
      Map<Integer, Double> scores = new HashMap<>();
      for (Neighbour n : neighbours.subList(0, Math.min(weights.k(), neighbours.size()))) {
        double weight = n.similarity() * weights.match().weight(n.stepsBack(), current.length);
        int place = n.items().indexOf(n.shared());
        for (int i = 0; i < n.items().size(); i++) {
          double distance = weights.distance().weight(Math.abs(i - place), 100);
          scores.merge(n.items().get(i), weight * distance, Double::sum);
        }
      }
      scores.replaceAll((item, score) -> score * (1 + weights.idf() * idf(item)));
      return scores;
    }

    /// Similarities are rounded like those of the search, so that equal ones are equal here too.
    private @Nullable Neighbour neighbour(int session, int[] current) {
      List<Integer> items = distinct(session);
      float sum = 0;
      int nearest = -1;
      for (int steps = 0; steps < current.length; steps++) {
        if (items.contains(current[current.length - 1 - steps])) {
          sum += (float) weights.position().weight(steps, current.length);
          nearest = nearest < 0 ? steps : nearest;
        }
      }
      if (nearest < 0) {
        return null;
      }
      double days = log.length - 1 - session;
      double norm = weights.normalised() ? Math.sqrt(items.size()) : 1;
      float own = (float) (Math.exp(-days / weights.recencyDays()) / norm);
      float length = weights.normalised() ? (float) Math.sqrt(current.length) : 1;
      int shared = current[current.length - 1 - nearest];
      return new Neighbour(items, shared, nearest, sum * own / length);
    }

    private List<Integer> distinct(int session) {
      SequencedSet<Integer> items = new LinkedHashSet<>();
      for (int item : log[session]) {
        items.remove(item);
        items.add(item);
      }
      return List.copyOf(items);
    }

    private double idf(int item) {
      long holding =
          Arrays.stream(log).filter(s -> Arrays.stream(s).anyMatch(i -> i == item)).count();
      return Math.log((double) log.length / holding);
    }
  }
}
