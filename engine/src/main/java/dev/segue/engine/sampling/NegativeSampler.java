package dev.segue.engine.sampling;

import dev.segue.engine.network.SampledColumns;
import dev.segue.kernels.Philox;

/// Draws the negatives that all rows of a batch share, and corrects for what is drawn more often.
///
/// With n_i events of item i in training, α the sampling exponent and u the uniform share, a
/// negative is item i with probability
///
/// ```
/// P_i = (1 − u) · n_iᵅ / Σ_j n_jᵅ + u / V
/// ```
///
/// The columns of a batch are its N targets and S negatives. The correction of a column is `logq ·
/// log(N n_i / Σ_j n_j + S P_i)`, the log of how often item i is expected among all columns, as
/// target or as negative: one number for an item, wherever it stands.
///
/// The draws of a step depend on nothing but seed and step, so that a run is reproducible and an
/// interrupted one continues with the negatives it would have had.
public final class NegativeSampler {
  /// Keeps the key of negatives apart from the keys of other uses of a run's seed.
  private static final long PURPOSE = 0x6e656761; // "nega"

  private final Settings settings;
  private final long key;
  private final AliasTable negatives;
  private final double[] shareOfTargets;

  /// How negatives are drawn.
  ///
  /// @param count S, 0 for the batch's targets alone
  /// @param alpha α; 0: every item alike, 1: as often as it occurs
  /// @param uniform u, 0 to 1
  /// @param logq factor of the corrections, 0 for none
  public record Settings(int count, double alpha, double uniform, double logq) {}

  /// Makes a sampler.
  ///
  /// @param support V numbers, how often each item occurs in training; at least 1
  /// @param seed of the run
  public NegativeSampler(int[] support, Settings settings, long seed) {
    this.settings = settings;
    this.key = Philox.derive(seed, PURPOSE);
    double total = 0;
    double totalWeight = 0;
    for (int count : support) {
      total += count;
      totalWeight += StrictMath.pow(count, settings.alpha());
    }
    shareOfTargets = new double[support.length];
    double[] weights = new double[support.length];
    for (int i = 0; i < support.length; i++) {
      shareOfTargets[i] = support[i] / total;
      double powered = StrictMath.pow(support[i], settings.alpha()) / totalWeight;
      weights[i] = (1 - settings.uniform()) * powered + settings.uniform() / support.length;
    }
    negatives = new AliasTable(weights);
  }

  /// Returns the columns of a batch.
  ///
  /// @param targets the batch's targets
  /// @param step number of the step in the whole training
  public SampledColumns columns(int[] targets, long step) {
    int[] items = new int[targets.length + settings.count()];
    System.arraycopy(targets, 0, items, 0, targets.length);
    Philox random = new Philox(key, step);
    for (int i = 0; i < settings.count(); i++) {
      items[targets.length + i] = negatives.draw(random.bits(i));
    }
    return new SampledColumns(items, corrections(items, targets.length));
  }

  private float[] corrections(int[] items, int targets) {
    if (settings.logq() == 0) {
      return new float[0];
    }
    float[] corrections = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      corrections[i] = (float) (settings.logq() * StrictMath.log(expected(items[i], targets)));
    }
    return corrections;
  }

  /// Returns how often an item is expected among the columns of a batch of so many targets.
  double expected(int item, int targets) {
    return targets * shareOfTargets[item] + settings.count() * negatives.probability(item);
  }

  /// Returns the probability that a negative is this item.
  double probability(int item) {
    return negatives.probability(item);
  }
}
