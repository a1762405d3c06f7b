package dev.segue.kernels;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The best k of one query by a [QuantisedIndex]: a first pass in integers bounds the score of
/// every item from above, and the few that can be among the best are scored as [VectorRanking]
/// scores them. The answer is that of [VectorRanking] without an index, bit for bit.
///
/// ## Why
///
/// Let `f_j` be the score in floats of item j, a sum of H products in some order and then `+ b_j`,
/// `q` the query and `w` the row of j. The row's integers n and the query's integers m are
///
/// ```
/// ŵ = δ n                  δ = max|w| / 124, [QuantisedIndex]
/// q̂ = θ m                  θ the query's step; θ / 4 for every fourth element, where n is four times
///                          what is stored
/// S = Σ n m = (ŵ · q̂) / δθ
/// ```
///
/// **Cut sums.** [QuantisedDots] gives T with `|S − 2^σ T| ≤ 2^σ (G / 2 + 1/2)`: of G sums of four
/// products each loses between 0 and `1 − 2^−σ` of a unit of `2^σ`; the start takes out the middle
/// of that, the 32 that is stored with every fourth element, and is itself rounded. T fits in 16
/// bits because `|S| ≤ ‖n‖ ‖m‖` and σ is chosen for the greatest `‖n‖` of all rows, N.
///
/// **Quantisation.** `q·w − q̂·ŵ = q·(w − ŵ) + (q − q̂)·ŵ`, so by Cauchy and Schwarz, with `‖ŵ‖ ≤
/// δN`,
///
/// ```
/// |q·w − δκT| ≤ ‖q‖ ‖w − ŵ‖ + δ c        κ = 2^σ θ,  c = ‖q − q̂‖ N + κ (G / 2 + 1/2)
/// ```
///
/// **Rounding.** With u = 2⁻²⁴ the float score differs from `q·w + b` by at most `(γ + 2u) ‖q‖‖w‖ +
/// 2u|b|`, where `γ = nu / (1 − nu)` and n ≤ H + 16 is the number of roundings that a product meets
/// (Higham, Accuracy and Stability of Numerical Algorithms, 3.1; the order of the sum does not
/// matter). U below is computed with three roundings, each of at most u times `|b| + ‖q‖‖w‖` and
/// the bounds above. Together these are below `ε (‖q‖‖w‖ + |b|)` with `ε = (H + 64) 2⁻²³`, and 2⁻¹⁰
/// of the other bounds; all that is kept in floats is rounded within the same margins. So
///
/// ```
/// U_j = b_j + ε|b_j| + δ_j (κ T_j + c) + a W_j ≥ f_j        a = ‖q‖,  W = ‖w − ŵ‖ + ε‖w‖
/// ```
///
/// **Which items.** Let τ be the k-th best score of all that were scored so far, or −∞ when there
/// are fewer. An item with `U < τ` has `f < τ`: k items are above it, and no tie can save it. All
/// others are candidates. Whenever a few hundred have come together, the k of them with the best U
/// are scored; τ rises, and most of the rest fall.
///
/// ## What the bounds do not hold for
///
/// - A row or a query with an element that is NaN, infinite, or, as the greatest of its row,
///   outside 2⁻⁴⁰ to 2⁴⁰, where products could overflow or lose bits to underflow: such rows are
///   scored in every search, such a query is ranked without the index. Inside the range underflow
///   costs at most `H 2⁻¹⁴⁹ ≤ 2⁻⁴⁰ ‖q‖‖w‖`, which ε covers. A row of zeros has δ = W = 0 and U = b
///   + ε|b|.
/// - A bias above 2¹⁰⁰ counts as such a row. −∞ gives U = −∞, a candidate only while fewer than k
///   others are there; NaN gives U = NaN, which reaches nothing, as NaN never ranks.
/// - One row of a large range costs no other row anything: δ belongs to the row. A row with one
///   huge element and many small ones has a wide bound and is scored often.
final class QuantisedSearch {
  private static final int FIRST_CAPACITY = 256;

  /// Scores items in floats.
  interface Scorer {
    /// Writes the scores of `count` items, which are in order of number.
    void score(int[] items, int count, float[] scores);
  }

  private final QuantisedIndex index;
  private final QuantisedQuery query;
  private final RankingRow rules;
  private final BestK best;
  private final int most;
  private final float[] upper = new float[QuantisedIndex.PANEL];
  private int[] items = new int[FIRST_CAPACITY];
  private float[] bounds = new float[FIRST_CAPACITY];
  private int size;
  private boolean isTooWide;

  /// Starts a search.
  ///
  /// @param k at most the number of items
  /// @param most give up when there are more candidates
  QuantisedSearch(QuantisedIndex index, QuantisedQuery query, RankingRow rules, int k, int most) {
    this.index = index;
    this.query = query;
    this.rules = rules;
    this.most = most;
    best = new BestK(k);
  }

  /// Takes a panel.
  ///
  /// @param sums T of the panel's items at `at`
  /// @param allowed a bit for each item of the panel
  void take(int panel, short[] sums, int at, long allowed, Scorer scorer) {
    int first = panel * QuantisedIndex.PANEL;
    float threshold = best.worst();
    long reaching =
        allowed & QuantisedBounds.reaching(sums, at, index, first, query, threshold, upper);
    for (; reaching != 0; reaching &= reaching - 1) {
      int lane = Long.numberOfTrailingZeros(reaching);
      if (upper[lane] >= best.worst() && rules.admits(first + lane)) {
        add(first + lane, upper[lane], scorer);
      }
    }
  }

  private void add(int item, float bound, Scorer scorer) {
    if (size == items.length) {
      scoreBest(scorer);
      if (size > items.length / 2) {
        items = Arrays.copyOf(items, 2 * items.length);
        bounds = Arrays.copyOf(bounds, 2 * bounds.length);
      }
      isTooWide |= size > most;
    }
    if (!isTooWide) {
      items[size] = item;
      bounds[size++] = bound;
    }
  }

  /// Scores the k candidates with the best bounds, and drops these and all that τ has passed.
  private void scoreBest(Scorer scorer) {
    BestK first = new BestK(Math.min(best.capacity(), size));
    for (int i = 0; i < size; i++) {
      first.offer(bounds[i], i);
    }
    int[] chosen = new int[first.size()];
    first.drainTo(chosen, new float[chosen.length]);
    for (int i = 0; i < chosen.length; i++) {
      bounds[chosen[i]] = Float.NaN;
      chosen[i] = items[chosen[i]];
    }
    Arrays.sort(chosen);
    score(chosen, chosen.length, scorer);
    keepReaching();
  }

  private void score(int[] chosen, int count, Scorer scorer) {
    float[] scores = new float[count];
    scorer.score(chosen, count, scores);
    for (int i = 0; i < count; i++) {
      best.offer(scores[i], chosen[i]);
    }
  }

  /// Drops the candidates that cannot be among the best any more; a bound that is NaN marks one
  /// that was scored.
  private void keepReaching() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (bounds[i] >= best.worst()) {
        items[kept] = items[i];
        bounds[kept++] = bounds[i];
      }
    }
    size = kept;
  }

  /// Returns whether the bounds leave so many candidates that reading all weights costs less.
  boolean isTooWide() {
    return isTooWide;
  }

  /// Takes the candidates and the scores of a search over other panels with the same query.
  void join(QuantisedSearch other, Scorer scorer) {
    isTooWide |= other.isTooWide;
    best.offerAll(other.best);
    for (int i = 0; i < other.size; i++) {
      add(other.items[i], other.bounds[i], scorer);
    }
  }

  /// Scores what is left and gives the best to a heap that has room for k.
  void finish(Scorer scorer, BestK target) {
    int[] irregular = IntStream.of(index.irregular()).filter(rules::admits).toArray();
    score(irregular, irregular.length, scorer);
    keepReaching();
    scoreBest(scorer);
    score(items, size, scorer);
    target.offerAll(best);
  }
}
