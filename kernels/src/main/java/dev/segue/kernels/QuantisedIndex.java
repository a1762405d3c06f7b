package dev.segue.kernels;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The weights of an output layer in 6 bits each, for a first pass of [QuantisedSearch] that reads
/// a fifth of the memory.
///
/// Four neighbouring elements of a row are three bytes. With the row's step `δ = max|w| / 124`, the
/// fourth is `D − 32 = round(w / 4δ)`, and the first three are the integers nearest to `w / δ`
/// whose last two bits are those of D, two bits each: they are used as they are, with no bits
/// masked away. So `ŵ = δ n` with `n` the three bytes and `4 (D − 32)`, and no element is off by
/// more than `2δ`.
///
/// 64 items are a panel: for every four elements 64 first bytes, 64 second and 64 third ones. A
/// lane of a vector is an item, so that sums need no steps across lanes. One thread reads 26 GB/s
/// from the last cache of a Xeon: a byte for each of 110,000 × 256 weights would take 1.1 ms for
/// nothing but the reading.
final class QuantisedIndex implements RankingIndex {
  /// Items of a panel: a word of bits.
  static final int PANEL = 64;

  /// The first byte lies on a quarter of a cache line, where the array itself lies on a line.
  static final int FIRST_BYTE = 16;

  private static final int GREATEST = 124;
  private static final int BLOCK_BYTES = 1 << 26;

  /// Rows within these bounds can neither overflow nor underflow in any way that matters.
  private static final double LEAST_WEIGHT = 0x1p-40;

  private static final double GREATEST_WEIGHT = 0x1p40;
  private static final double GREATEST_BIAS = 0x1p100;

  private final Tensor weights;
  private final @Nullable Tensor bias;
  private final int quads;
  private final int blockPanels;
  private final byte[][] blocks;
  private final float[] steps;
  private final float[] radii;
  private final float[] offsets;
  private final int[] irregular;
  private final double greatestNorm;

  private QuantisedIndex(Tensor weights, @Nullable Tensor bias, Build build) {
    this.weights = weights;
    this.bias = bias;
    quads = build.quads;
    blockPanels = build.blockPanels;
    blocks = build.blocks;
    steps = build.steps;
    radii = build.radii;
    offsets = build.offsets;
    irregular = build.irregular();
    greatestNorm = Arrays.stream(build.norms).max().orElse(0);
  }

  /// Returns whether the first pass saves more than it costs: where the weights fit in the second
  /// cache anyway, and where a row is shorter than the numbers kept beside it, it does not.
  static boolean pays(Tensor weights) {
    return weights.size() >= 1 << 19 && weights.columns() >= 16;
  }

  /// Reads the weights. Returns `exact` itself where many rows are out of range.
  static RankingIndex of(ExactIndex exact, Workers workers) {
    Tensor weights = exact.weights();
    Tensor bias = exact.bias();
    Build build = new Build(HeapTensor.of(weights), bias == null ? null : HeapTensor.of(bias));
    int panels = build.norms.length;
    int parts = workers.parts(weights.size());
    workers.run(
        parts,
        part -> {
          int end = (int) ((long) panels * (part + 1) / parts);
          for (int panel = (int) ((long) panels * part / parts); panel < end; panel++) {
            build.panel(panel);
          }
        });
    QuantisedIndex index = new QuantisedIndex(weights, bias, build);
    return index.irregular.length > weights.rows() / PANEL ? exact : index;
  }

  /// Returns ε, the bound of all relative errors by rounding: see [QuantisedSearch].
  static double epsilon(int columns) {
    return (columns + 64) * 0x1p-23;
  }

  /// Returns whether a query's greatest magnitude is in the range for which the bounds hold.
  static boolean isRegular(double greatest) {
    return greatest >= LEAST_WEIGHT && greatest <= GREATEST_WEIGHT;
  }

  @Override
  public Tensor weights() {
    return weights;
  }

  @Override
  public @Nullable Tensor bias() {
    return bias;
  }

  @Override
  public long sizeInBytes() {
    long bytes = 3L * Float.BYTES * steps.length;
    for (byte[] block : blocks) {
      bytes += block.length;
    }
    return bytes;
  }

  int panels() {
    return steps.length / PANEL;
  }

  /// Returns the number of fours of elements.
  int quads() {
    return quads;
  }

  /// Returns the array that holds a panel.
  byte[] array(int panel) {
    return blocks[panel / blockPanels];
  }

  /// Returns where a panel starts in its array.
  int offset(int panel) {
    return FIRST_BYTE + panel % blockPanels * quads * 3 * PANEL;
  }

  /// Returns δ of every item.
  float[] steps() {
    return steps;
  }

  /// Returns of every item what a query of length 1 can be off because of its row.
  float[] radii() {
    return radii;
  }

  /// Returns of every item its bias and what rounding can add to it; NaN for one that is not ranked
  /// by the first pass.
  float[] offsets() {
    return offsets;
  }

  /// Returns the items whose weights or bias are out of range; every search looks at them.
  int[] irregular() {
    return irregular;
  }

  /// Returns the greatest `‖n‖` of a row.
  double greatestNorm() {
    return greatestNorm;
  }

  /// The index while it is made; threads work on different panels.
  private static final class Build {
    private final HeapTensor weights;
    private final @Nullable HeapTensor bias;
    private final int quads;
    private final int blockPanels;
    private final byte[][] blocks;
    private final float[] steps;
    private final float[] radii;
    private final float[] offsets;
    private final boolean[] isIrregular;
    private final double[] norms;

    Build(HeapTensor weights, @Nullable HeapTensor bias) {
      this.weights = weights;
      this.bias = bias;
      quads = (weights.columns() + 3) / 4;
      int panelBytes = Math.multiplyExact(quads, 3 * PANEL);
      int panels = (weights.rows() + PANEL - 1) / PANEL;
      blockPanels = Math.max(1, BLOCK_BYTES / panelBytes);
      blocks = new byte[(panels + blockPanels - 1) / blockPanels][];
      for (int i = 0; i < blocks.length; i++) {
        int here = Math.min(blockPanels, panels - i * blockPanels);
        blocks[i] = new byte[Math.addExact(FIRST_BYTE, here * panelBytes)];
      }
      int padded = Math.multiplyExact(panels, PANEL);
      steps = new float[padded];
      radii = new float[padded];
      offsets = new float[padded];
      isIrregular = new boolean[weights.rows()];
      norms = new double[panels];
    }

    int[] irregular() {
      return java.util.stream.IntStream.range(0, isIrregular.length)
          .filter(item -> isIrregular[item])
          .toArray();
    }

    void panel(int panel) {
      byte[] target = blocks[panel / blockPanels];
      int at = FIRST_BYTE + panel % blockPanels * quads * 3 * PANEL;
      QuantisedRow row = new QuantisedRow(weights.columns());
      for (int lane = 0; lane < PANEL; lane++) {
        int item = panel * PANEL + lane;
        if (item >= weights.rows()) {
          offsets[item] = Float.NaN;
          continue;
        }
        double offset = bias == null ? 0 : bias.get(0, item);
        double greatest = QuantisedRow.greatest(weights, item);
        if (isOutOfRange(greatest, offset)) {
          isIrregular[item] = true;
          offsets[item] = Float.NaN;
          continue;
        }
        float step = (float) (greatest / GREATEST);
        row.write(weights, item, step, target, at + lane);
        double epsilon = epsilon(weights.columns());
        steps[item] = step;
        radii[item] =
            (float) ((1 + 0x1p-10) * row.error() + (1 + 0x1p-10) * epsilon * row.length());
        offsets[item] = (float) (offset + epsilon * Math.abs(offset));
        if (offset == Double.NEGATIVE_INFINITY) {
          offsets[item] = Float.NEGATIVE_INFINITY;
        }
        norms[panel] = Math.max(norms[panel], row.norm());
      }
    }

    /// A bias that is no number never ranks, and an infinite one is above or below all others.
    private static boolean isOutOfRange(double greatest, double offset) {
      boolean isBiasFine = !(Math.abs(offset) > GREATEST_BIAS) || Double.isInfinite(offset);
      return !isBiasFine || !(greatest == 0 || isRegular(greatest));
    }
  }
}
