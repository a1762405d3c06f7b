package dev.segue.kernels;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The best k of one query by a [QuantisedIndex]: sums of integers bound the score of every item
/// from above, and the few that can be among the best are scored as [VectorRanking] scores them.
/// The answer is that of [VectorRanking] without an index, bit for bit.
///
/// ## Why
///
/// Let `f_j` be the score in floats of item j, a sum of H products in some order and then `+ b_j`,
/// `q` the query and `w` the row of j, with codes n, c and step δ:
///
/// ```
/// ŵ = δ (n − 7½)       w̃ = ŵ + (δ / 4) (c − 1½)        [QuantisedIndex]
/// q̂ = θ m              m integers                       [QuantisedQuery]
/// S = Σ m (n − 7½)     S′ = Σ m (c − 1½)
/// ```
///
/// **Sums fit in 16 bits.** Let N be the greatest `‖n − 7½‖` of all rows, and at least `2 √H`. With
/// `θ ≥ ‖q‖ N / (32766 − N √H / 2)` the rounding of m gives `‖m‖ ≤ ‖q‖ / θ + √H / 2 ≤ 32766 / N`,
/// so `|S| ≤ ‖m‖ N ≤ 32766` and `|S′| ≤ 1½ √H ‖m‖ ≤ 24575`. [QuantisedDots] computes integers T and
/// T′ modulo 2¹⁶ that differ from S and S′ by at most ½, where halves of `Σ m` are rounded; so they
/// are right as they stand.
///
/// **Quantisation.** `q·w = q̂·ŵ + (q − q̂)·ŵ + q·(w − ŵ)`, so by Cauchy and Schwarz, with `‖ŵ‖ ≤
/// δN` and `‖w̃‖ ≤ δ (N + ⅜ √H) ≤ 1¼ δN`,
///
/// ```
/// q·w ≤ δ (θ T + c) + ‖q‖ ‖w − ŵ‖                       c  = ‖q − q̂‖ N + θ / 2
/// q·w ≤ δ (θ (T + T′ / 4) + c + c′) + ‖q‖ ‖w − w̃‖       c′ = ‖q − q̂‖ N / 4 + θ / 8
/// ```
///
/// **Rounding.** With u = 2⁻²⁴ the float score differs from `q·w + b` by at most `(γ + 2u) ‖q‖‖w‖ +
/// 2u|b|`, where `γ = nu / (1 − nu)` and n ≤ H + 16 is the number of roundings that a product meets
/// (Higham, Accuracy and Stability of Numerical Algorithms, 3.1; the order of the sum does not
/// matter). U and Ũ below are computed with at most ten roundings. What is rounded is below `6 (|b|
/// + ‖q‖‖w‖)`: a row's step is at most 0.48 and at least 0.37 of its root mean square, so `‖w − ŵ‖
///   ≤ 1¼ ‖w‖`, and `δN ≤ (1 / 0.37 + ½) δ √H ≤ 1.6 ‖w‖`, and `‖q − q̂‖ ≤ θ √H / 2 ≤ 0.3 ‖q‖` up to
///   H = 4096. Together that is less than `ε (‖q‖‖w‖ + |b|)` with `ε = (H + 64) 2⁻²³`. Lengths are
///   sums in double, and kept with a margin of 2⁻¹⁰ or more. So
///
/// ```
/// U_j = b_j + ε|b_j| + δ_j (θ T_j + c) + a W_j ≥ f_j        a = ‖q‖,  W = ‖w − ŵ‖ + ε‖w‖
/// Ũ_j = U_j + δ_j (θ T′_j / 4 + c′) + a V_j ≥ f_j           V = ‖w − w̃‖ − ‖w − ŵ‖
/// ```
///
/// **Which items.** Let τ be the k-th best score of all that were scored so far, or −∞ when there
/// are fewer. An item with `U < τ` or `Ũ < τ` has `f < τ`: k items are above it, and no tie can
/// save it. All others are scored. In a stretch of items those with the 2k best U come first, so
/// that τ is high before the rest is looked at.
///
/// ## What the bounds do not hold for
///
/// - A row or a query with an element that is NaN, infinite, or, as the greatest of its row,
///   outside 2⁻⁴⁰ to 2⁴⁰, where products could overflow or lose bits to underflow: such rows are
///   scored in every search, such a query is ranked without the index. Inside the range underflow
///   costs at most `H 2⁻¹⁴⁹ ≤ 2⁻⁴⁰ ‖q‖‖w‖`, which ε covers. A row of zeros has δ = W = V = 0 and U
///   = b
///   + ε|b|.
/// - A bias above 2¹⁰⁰ counts as such a row. −∞ gives U = −∞, a candidate only while fewer than k
///   others are there; NaN gives U = NaN, which reaches nothing, as NaN never ranks.
/// - One row of a large range costs no other row anything: δ belongs to the row. A row with one
///   huge element and many small ones has a wide bound and is scored often.
final class QuantisedSearch {
  /// Candidates that are looked at together.
  private static final int CANDIDATES = 1024;

  /// Items of the best bounds that are scored before all others, in multiples of k: the k-th best
  /// of them is closer to the k-th best of all than the worst of k.
  private static final int SEEDS = 2;

  private static final int PANEL = QuantisedIndex.PANEL;

  /// Scores items in floats.
  interface Scorer {
    /// Writes the scores of `count` items, which are in order of number.
    void score(int[] items, int count, float[] scores);
  }

  private final QuantisedIndex index;
  private final QuantisedQuery query;
  private final RankingRow rules;
  private final BestK best;
  private final BestK first;
  private final int most;
  private final boolean isPlain;
  private final boolean isFine;
  private final int[] items;
  private final float[] bounds;
  private int size;
  private int scored;
  private int firstPanel;
  private int endPanel;
  private long @Nullable [] allowed;
  private float[] upper = new float[0];
  private int at;

  /// Starts a search.
  ///
  /// @param k at most the number of items
  /// @param most give up when more items are scored
  /// @param warmUp which loops may be used; the answer is the same with any
  QuantisedSearch(
      QuantisedIndex index,
      QuantisedQuery query,
      RankingRow rules,
      int k,
      int most,
      WarmUp warmUp) {
    this.index = index;
    this.query = query;
    this.rules = rules;
    this.most = most;
    isPlain = !warmUp.has(Kernel.BOUNDS);
    isFine = warmUp.has(Kernel.FINE_BOUNDS);
    best = new BestK(k);
    first = new BestK(Math.multiplyExact(SEEDS, k));
    items = new int[Math.max(CANDIDATES, SEEDS * k)];
    bounds = new float[items.length];
  }

  /// Starts a stretch of panels.
  ///
  /// @param allowed a bit per item, or null for all
  /// @param upper holds the stretch's bounds from `at` on
  void start(int firstPanel, int endPanel, long @Nullable [] allowed, float[] upper, int at) {
    this.firstPanel = firstPanel;
    this.endPanel = endPanel;
    this.allowed = allowed;
    this.upper = upper;
    this.at = at;
  }

  /// Bounds the scores of a panel of the stretch.
  ///
  /// @param sums T of the panel's items at `from`
  void bound(int panel, short[] sums, int from) {
    long word = allowed(allowed, panel);
    if (word == 0 || isTooWide()) {
      return;
    }
    float threshold = Math.max(best.worst(), first.worst());
    int item = panel * PANEL;
    int to = at + (panel - firstPanel) * PANEL;
    long reaching = word & coarse(sums, from, item, threshold, to);
    for (; reaching != 0; reaching &= reaching - 1) {
      int lane = Long.numberOfTrailingZeros(reaching);
      if (first.accepts(upper[to + lane], item + lane) && rules.admits(item + lane)) {
        first.offer(upper[to + lane], item + lane);
      }
    }
  }

  private long coarse(short[] sums, int from, int item, float threshold, int to) {
    return isPlain
        ? PlainBounds.coarse(sums, from, index, item, query, threshold, upper, to)
        : QuantisedBounds.coarse(sums, from, index, item, query, threshold, upper, to);
  }

  private long reaching(int from, float threshold) {
    return isPlain
        ? PlainBounds.reaching(upper, from, threshold)
        : QuantisedBounds.reaching(upper, from, threshold);
  }

  /// Returns the bits of the allowed items of a panel.
  static long allowed(long @Nullable [] allowed, int panel) {
    if (allowed == null) {
      return -1;
    }
    return panel < allowed.length ? allowed[panel] : 0;
  }

  /// Scores the candidates of the stretch: those of the best bounds, then all others that reach τ.
  ///
  /// @param fine of the thread
  void score(Scorer scorer, QuantisedFineBounds fine) {
    size = first.size();
    first.drainTo(items, bounds);
    Arrays.sort(items, 0, size);
    for (int i = 0; i < size; i++) {
      int place = at + items[i] - firstPanel * PANEL;
      bounds[i] = upper[place];
      upper[place] = Float.NaN;
    }
    scoreCandidates(scorer, fine);
    for (int panel = firstPanel; panel < endPanel && !isTooWide(); panel++) {
      long word = allowed(allowed, panel);
      int from = at + (panel - firstPanel) * PANEL;
      long reaching = word == 0 ? 0 : word & reaching(from, best.worst());
      for (; reaching != 0; reaching &= reaching - 1) {
        int lane = Long.numberOfTrailingZeros(reaching);
        if (rules.admits(panel * PANEL + lane)) {
          add(panel * PANEL + lane, upper[from + lane], scorer, fine);
        }
      }
    }
    scoreCandidates(scorer, fine);
  }

  private void add(int item, float bound, Scorer scorer, QuantisedFineBounds fine) {
    if (size == items.length) {
      scoreCandidates(scorer, fine);
    }
    items[size] = item;
    bounds[size++] = bound;
  }

  /// Bounds the candidates by their fine codes, scores the k best of those, and what is left then.
  private void scoreCandidates(Scorer scorer, QuantisedFineBounds fine) {
    if (isFine) {
      fine.tighten(items, bounds, size, query);
    }
    keepReaching();
    if (size > best.capacity()) {
      scoreBest(scorer);
      keepReaching();
    }
    Arrays.sort(items, 0, size);
    score(items, size, scorer);
    scored += size;
    size = 0;
  }

  /// Scores the k candidates of the best bounds, which become NaN.
  private void scoreBest(Scorer scorer) {
    BestK highest = new BestK(best.capacity());
    for (int i = 0; i < size; i++) {
      highest.offer(bounds[i], i);
    }
    int[] chosen = new int[highest.size()];
    highest.drainTo(chosen, new float[chosen.length]);
    for (int i = 0; i < chosen.length; i++) {
      bounds[chosen[i]] = Float.NaN;
      chosen[i] = items[chosen[i]];
    }
    Arrays.sort(chosen);
    score(chosen, chosen.length, scorer);
    scored += chosen.length;
  }

  private void score(int[] chosen, int count, Scorer scorer) {
    float[] scores = new float[count];
    scorer.score(chosen, count, scores);
    for (int i = 0; i < count; i++) {
      best.offer(scores[i], chosen[i]);
    }
  }

  /// Drops the candidates that cannot be among the best any more.
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
    return scored > most;
  }

  /// Takes the scores of a search over other panels with the same query.
  void join(QuantisedSearch other) {
    scored = Math.max(scored, other.scored);
    best.offerAll(other.best);
  }

  /// Scores the items that no bound holds for, and gives the best to a heap that has room for k.
  void finish(Scorer scorer, BestK target) {
    int[] irregular = IntStream.of(index.irregular()).filter(rules::admits).toArray();
    score(irregular, irregular.length, scorer);
    target.offerAll(best);
  }
}
