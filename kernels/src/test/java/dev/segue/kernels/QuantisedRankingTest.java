package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The first pass in integers against all weights in float; the module's pom runs it in JVMs with
/// each forced vector width.
class QuantisedRankingTest {
  private static final int PANEL = QuantisedIndex.PANEL;

  /// Weights that are hard to rank by bounds.
  enum Weights {
    NORMAL,
    /// A few different rows, so that most scores are equal.
    EQUAL_ROWS,
    /// Rows that differ in their last bits.
    NEAR_TIES,
    /// Single elements a thousand times greater than the rest of their row.
    OUTLIERS,
    /// One row above all others.
    HUGE_ROW,
    ZERO_ROWS,
    /// Every element of a row the same, the longest rows that integers can have.
    CONSTANT_ROWS,
    /// Rows from 2⁻¹²⁰ to 2¹⁰⁰, denormal products and products that overflow.
    ALL_MAGNITUDES,
    /// A few elements NaN or infinite.
    NOT_FINITE;

    float[] draw(int rows, int columns, Random random) {
      float[] weights = new float[rows * columns];
      float[] base = normal(columns, random);
      for (int row = 0; row < rows; row++) {
        float[] drawn = this == NEAR_TIES ? base.clone() : normal(columns, random);
        change(drawn, row, random);
        System.arraycopy(drawn, 0, weights, row * columns, columns);
        if (this == EQUAL_ROWS && row >= 3) {
          System.arraycopy(weights, row % 3 * columns, weights, row * columns, columns);
        }
      }
      return weights;
    }

    private void change(float[] row, int number, Random random) {
      int place = random.nextInt(row.length);
      switch (this) {
        case NEAR_TIES -> row[place] = Math.nextUp(row[place]);
        case OUTLIERS -> row[place] *= random.nextInt(4) == 0 ? 1000 : 1;
        case HUGE_ROW -> scale(row, number == 7 ? 1e6f : 1);
        case ZERO_ROWS -> scale(row, random.nextInt(3) == 0 ? 0 : 1);
        case CONSTANT_ROWS -> Arrays.fill(row, row[0]);
        case ALL_MAGNITUDES -> {
          boolean isFar = random.nextInt(100) == 0;
          int exponent = isFar ? random.nextInt(-120, 100) : random.nextInt(-30, 30);
          scale(row, Math.scalb(1f, exponent));
        }
        case NOT_FINITE -> {
          if (random.nextInt(200) == 0) {
            float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
            row[place] = values[random.nextInt(3)];
          }
        }
        case NORMAL, EQUAL_ROWS -> {}
      }
    }
  }

  /// What stands beside the weights.
  enum Bias {
    NONE,
    NORMAL,
    /// Many items hidden.
    NEGATIVE_INFINITY,
    /// Far above all products, and beyond the range of the bounds.
    HUGE,
    NOT_FINITE;

    float[] draw(int items, Random random) {
      float[] bias = normal(items, random);
      for (int i = 0; i < items; i++) {
        switch (this) {
          case NEGATIVE_INFINITY ->
              bias[i] = random.nextInt(3) == 0 ? Float.NEGATIVE_INFINITY : bias[i];
          case HUGE -> bias[i] *= random.nextInt(100) == 0 ? 1e34f : 1e6f;
          case NOT_FINITE -> {
            float[] values = {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE};
            bias[i] = random.nextInt(100) == 0 ? values[random.nextInt(3)] : bias[i];
          }
          case NONE, NORMAL -> {}
        }
      }
      return bias;
    }
  }

  private static float[] normal(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static Backend open() {
    VectorWidthTest.skipWidthsThatTheMachineLacks();
    return open(WarmUp.done());
  }

  private static Backend open(WarmUp warmUp) {
    return new VectorBackend(2, 1, 5000, warmUp);
  }

  private static RankingIndex quantised(Tensor weights, @Nullable Tensor bias) {
    try (Workers workers = new Workers(1, 1)) {
      return QuantisedIndex.of(new ExactIndex(weights, bias), workers);
    }
  }

  @Property(tries = 400)
  void answersAreThoseOfAllWeightsInFloat(
      @ForAll Weights kind,
      @ForAll Bias biasKind,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 700) int items,
      @ForAll @IntRange(min = 1, max = 70) int columns,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 40) int k,
      @ForAll Set<Kernel> compiled) {
    Random random = new Random(seed);
    try (Backend backend = open();
        Backend indexed = open(WarmUp.after(compiled))) {
      Tensor weights = backend.tensor(items, columns, kind.draw(items, columns, random));
      Tensor bias =
          biasKind == Bias.NONE ? null : backend.tensor(1, items, biasKind.draw(items, random));
      Tensor hidden = backend.tensor(rows, columns, queries(rows, columns, random));
      int[][] excluded = new int[rows][];
      Arrays.setAll(excluded, _ -> random.ints(random.nextInt(9), 0, items).toArray());
      long[] allowed = random.nextBoolean() ? null : random.longs((items + 63) / 64).toArray();
      int most = random.nextInt(9) == 0 ? items : k;
      TopK expected = backend.topK(new TopKSearch(hidden, weights, bias, most, excluded, allowed));
      TopK answer =
          indexed.topK(new TopKSearch(hidden, quantised(weights, bias), most, excluded, allowed));
      assertThat(answer.items()).isDeepEqualTo(expected.items());
      assertThat(answer.scores()).isDeepEqualTo(expected.scores());
    }
  }

  /// Most lie between −1 and 1 as hidden states do; some are zero, sparse, huge, tiny or no number.
  private static float[] queries(int rows, int columns, Random random) {
    float[] queries = normal(rows * columns, random);
    for (int row = 0; row < rows; row++) {
      int at = row * columns;
      switch (random.nextInt(12)) {
        case 0 -> Arrays.fill(queries, at, at + columns, 0);
        case 1 -> Arrays.fill(queries, at + 1, at + columns, 0);
        case 2 -> queries[at] = Float.NaN;
        case 3 -> queries[at] *= 1e30f;
        case 4 -> queries[at] = 0x1p-45f;
        case 5 -> Arrays.fill(queries, at, at + columns, 1);
        default -> {}
      }
    }
    return queries;
  }

  /// The bound itself, for every item: also where a wrong one would change no answer.
  @Property(tries = 200)
  void noScoreIsAboveItsBound(
      @ForAll Weights kind,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int items,
      @ForAll @IntRange(min = 1, max = 200) int columns) {
    Random random = new Random(seed);
    try (Backend backend = open()) {
      Tensor weights = backend.tensor(items, columns, kind.draw(items, columns, random));
      Tensor bias = backend.tensor(1, items, Bias.NORMAL.draw(items, random));
      float[] query = normal(columns, random);
      float[] scores = new float[items];
      backend.scores(new Scores(backend.tensor(1, columns, query), weights, bias, scores));
      if (quantised(weights, bias) instanceof QuantisedIndex index) {
        float[] coarse = coarseBounds(index, query);
        float[] fine = fineBounds(index, query, coarse, items);
        for (int item = 0; item < items; item++) {
          if (!Float.isNaN(coarse[item])) {
            assertThat(coarse[item]).isGreaterThanOrEqualTo(scores[item]);
            assertThat(fine[item]).isGreaterThanOrEqualTo(scores[item]);
          }
        }
      }
    }
  }

  private static float[] coarseBounds(QuantisedIndex index, float[] query) {
    QuantisedQuery quantised = QuantisedQuery.of(query, 0, query.length, index);
    float[] bounds = new float[index.panels() * PANEL];
    float[] plain = new float[bounds.length];
    short[] sums = new short[QuantisedDots.PANELS * PANEL];
    for (int panel = 0; panel < index.panels(); panel += QuantisedDots.PANELS) {
      int at = index.coarseAt(panel);
      QuantisedDots.twoPanels(index.coarse(panel), at, index.quads(), quantised, sums, 0);
      for (int i = 0; i < QuantisedDots.PANELS; i++) {
        int item = (panel + i) * PANEL;
        long reaching =
            QuantisedBounds.coarse(sums, i * PANEL, index, item, quantised, 0, bounds, item);
        assertThat(PlainBounds.coarse(sums, i * PANEL, index, item, quantised, 0, plain, item))
            .isEqualTo(reaching);
        assertThat(PlainBounds.reaching(bounds, item, 0.5f))
            .isEqualTo(QuantisedBounds.reaching(bounds, item, 0.5f));
      }
    }
    assertThat(plain).containsExactly(bounds);
    return bounds;
  }

  private static float[] fineBounds(
      QuantisedIndex index, float[] query, float[] coarse, int items) {
    QuantisedQuery quantised = QuantisedQuery.of(query, 0, query.length, index);
    float[] bounds = coarse.clone();
    int[] all = IntStream.range(0, items).toArray();
    new QuantisedFineBounds(index).tighten(all, bounds, items, quantised);
    return bounds;
  }

  /// Would fail if the first pass silently left nothing out.
  @Test
  void fewItemsAreScoredInFloat() {
    int items = 20_000;
    try (Backend backend = open()) {
      Tensor weights = Contract.normal(backend, items, 128, 1, 1);
      float[] query = Contract.normal(128, 1, 2);
      assertThat(backend.rankingIndex(weights, null)).isInstanceOf(QuantisedIndex.class);
      QuantisedIndex index = (QuantisedIndex) backend.rankingIndex(weights, null);
      assertThat(index.sizeInBytes()).isLessThan((long) items * 128 * Float.BYTES / 4);
      float[] coarse = coarseBounds(index, query);
      float[] fine = fineBounds(index, query, coarse, items);
      float[] scores = new float[items];
      backend.scores(new Scores(backend.tensor(1, 128, query), weights, null, scores));
      float[] sorted = scores.clone();
      Arrays.sort(sorted);
      float threshold = sorted[items - 21];
      assertThat(reaching(coarse, threshold)).isBetween(21L, items / 10L);
      assertThat(reaching(fine, threshold)).isBetween(21L, items / 100L);
    }
  }

  private static long reaching(float[] bounds, float threshold) {
    return IntStream.range(0, bounds.length).filter(i -> bounds[i] >= threshold).count();
  }

  /// Of four queries together and of one and two panels the integers are the same.
  @Property(tries = 100)
  void sumsDoNotDependOnTheirCompany(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int columns) {
    Random random = new Random(seed);
    try (Backend backend = open()) {
      Tensor weights = backend.tensor(128, columns, normal(128 * columns, random));
      QuantisedIndex index = (QuantisedIndex) quantised(weights, null);
      QuantisedQuery[] queries = new QuantisedQuery[QuantisedDots.ROWS];
      float[] drawn = normal(columns * queries.length, random);
      Arrays.setAll(queries, i -> QuantisedQuery.of(drawn, i * columns, columns, index));
      short[] together = new short[QuantisedDots.ROWS * PANEL];
      short[] alone = new short[QuantisedDots.PANELS * PANEL];
      for (int panel = 0; panel < QuantisedDots.PANELS; panel++) {
        QuantisedDots.fourQueries(
            index.coarse(0), index.coarseAt(panel), index.quads(), queries, 0, together);
        for (int row = 0; row < queries.length; row++) {
          QuantisedDots.twoPanels(
              index.coarse(0), index.coarseAt(0), index.quads(), queries[row], alone, 0);
          assertThat(Arrays.copyOfRange(together, row * PANEL, (row + 1) * PANEL))
              .isEqualTo(Arrays.copyOfRange(alone, panel * PANEL, (panel + 1) * PANEL));
        }
      }
    }
  }

  /// A search that is finished stays finished: rows that every search scores do not count among
  /// those that make it read all weights instead, which would rank items twice.
  @Test
  void irregularRowsDoNotMakeASearchTooWide() {
    answersAreThoseOfAllWeightsInFloat(
        Weights.ALL_MAGNITUDES, Bias.NONE, 0, 336, 2, 5, 21, EnumSet.allOf(Kernel.class));
  }

  /// Several stretches: one takes more items than a test would have.
  @Test
  void manyQueriesOfManyItemsGetTheirOwnAnswers() {
    int items = 20_000;
    int rows = 67;
    try (Backend backend = open()) {
      Tensor weights = Contract.normal(backend, items, 32, 1, 1);
      Tensor hidden = Contract.normal(backend, rows, 32, 1, 2);
      RankingIndex index = backend.rankingIndex(weights, null);
      assertThat(index).isInstanceOf(QuantisedIndex.class);
      TopK expected = backend.topK(new TopKSearch(hidden, weights, null, 300, null, null));
      TopK answer = backend.topK(new TopKSearch(hidden, index, 300, null, null));
      assertThat(answer.items()).isDeepEqualTo(expected.items());
      assertThat(answer.scores()).isDeepEqualTo(expected.scores());
    }
  }

  @Test
  void manyRowsOutOfRangeGiveNoIndex() {
    try (Backend backend = open()) {
      Tensor weights = backend.allocate(1000, 20);
      weights.fill(0x1p60f);
      assertThat(quantised(weights, backend.allocate(1, 1000))).isInstanceOf(ExactIndex.class);
    }
  }

  @Test
  void aSmallTableHasNoIndex() {
    try (Backend backend = open()) {
      assertThat(backend.rankingIndex(Contract.normal(backend, 100, 64, 1, 1), null))
          .isInstanceOf(ExactIndex.class);
    }
  }
}
