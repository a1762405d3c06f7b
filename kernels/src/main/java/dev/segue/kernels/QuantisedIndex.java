package dev.segue.kernels;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The weights of an output layer in two tables, for the two passes of [QuantisedSearch]: 4 bits of
/// each weight, of which every search reads all, and 2 more bits, of which it reads the rows of a
/// few items.
///
/// With the row's step δ an element is the code `e = ⌊4 w / δ⌋ + 32`, cut to 0 to 63. The coarse
/// code is `n = ⌊e / 4⌋`, the fine one `c = e − 4 n`:
///
/// ```
/// ŵ = δ (n − 7½)     w̃ = ŵ + (δ / 4) (c − 1½)
/// ```
///
/// A step that lets a few elements lie beyond the codes is better than one that holds the largest:
/// [QuantisedRow] chooses. What a row lost is kept as a length, exactly.
///
/// **Coarse codes.** Four neighbouring elements of an item are a lane of 16 bits, and 64 items a
/// panel: for every four elements 64 lanes, so that sums need no steps across lanes. **Fine
/// codes.** The row of an item lies together, eight codes to a lane: element `i · L + l` is code i
/// of lane l, with L lanes to a row.
///
/// One thread reads 26 GB/s from the last cache of a Xeon: 14 MB for 110,000 × 256 coarse codes
/// take 0.54 ms, and all 6 bits would take 0.81 ms. Beside the codes there are 20 bytes for each
/// item. Rows of fine codes are padded to 128 elements, which are 32 bytes.
final class QuantisedIndex implements RankingIndex {
  /// Items of a panel: a word of bits.
  static final int PANEL = 64;

  /// Fine codes of a lane.
  static final int FINE_CODES = 8;

  /// A row of fine codes is a multiple of so many lanes.
  static final int FINE_GRAIN = 16;

  /// The first lane that starts on a cache line, where the array itself lies on one.
  static final int START = 24;

  private static final int BLOCK_LANES = 1 << 25;

  /// With more the lengths of errors say too little.
  private static final int MOST_COLUMNS = 4096;

  /// Rows within these bounds can neither overflow nor underflow in any way that matters.
  private static final double LEAST_WEIGHT = 0x1p-40;

  private static final double GREATEST_WEIGHT = 0x1p40;
  private static final double GREATEST_BIAS = 0x1p100;

  private final Tensor weights;
  private final @Nullable Tensor bias;
  private final Layout layout;
  private final short[][] coarse;
  private final short[][] fine;
  private final float[] steps;
  private final float[] coarseRadii;
  private final float[] fineFactors;
  private final float[] offsets;
  private final int[] irregular;
  private final double greatestNorm;

  private QuantisedIndex(Tensor weights, @Nullable Tensor bias, Build build) {
    this.weights = weights;
    this.bias = bias;
    layout = build.layout;
    coarse = build.coarse;
    fine = build.fine;
    steps = build.steps;
    coarseRadii = build.coarseRadii;
    fineFactors = build.fineFactors;
    offsets = build.offsets;
    irregular =
        IntStream.range(0, build.isIrregular.length).filter(i -> build.isIrregular[i]).toArray();
    double least = 2 * Math.sqrt(weights.columns());
    greatestNorm = Math.max(least, Arrays.stream(build.norms).max().orElse(0));
  }

  /// Returns whether the first pass saves more than it costs: where the weights fit in the second
  /// cache anyway, and where a row is shorter than the numbers kept beside it, it does not.
  static boolean pays(Tensor weights) {
    return weights.size() >= 1 << 19
        && weights.columns() >= 16
        && weights.columns() <= MOST_COLUMNS;
  }

  /// Returns the index of a few regular rows, on the caller's thread.
  static QuantisedIndex of(HeapTensor weights) {
    Build build = new Build(weights, null);
    for (int panel = 0; panel < build.norms.length; panel++) {
      build.panel(panel);
    }
    return new QuantisedIndex(weights, null, build);
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
    long bytes = Float.BYTES * (3L * steps.length + fineFactors.length);
    for (short[] block : coarse) {
      bytes += (long) Short.BYTES * block.length;
    }
    for (short[] block : fine) {
      bytes += (long) Short.BYTES * block.length;
    }
    return bytes;
  }

  /// Returns the number of panels, a multiple of [QuantisedDots#PANELS]; the last one may be empty.
  int panels() {
    return steps.length / PANEL;
  }

  /// Returns the number of fours of elements.
  int quads() {
    return layout.quads;
  }

  /// Returns the array that holds the coarse codes of a panel, and of those with which it makes up
  /// [QuantisedDots#PANELS].
  short[] coarse(int panel) {
    return coarse[panel / layout.blockPanels];
  }

  /// Returns where a panel starts in its array.
  int coarseAt(int panel) {
    return layout.coarseAt(panel);
  }

  /// Returns the number of lanes in a row of fine codes.
  int fineLength() {
    return layout.fineLength;
  }

  /// Returns the number of the array that holds the fine codes of an item.
  int fineBlock(int item) {
    return item >> layout.blockShift;
  }

  /// Returns an array of fine codes.
  short[] fine(int block) {
    return fine[block];
  }

  /// Returns where the fine codes of an item start in their array.
  int fineAt(int item) {
    return layout.fineAt(item);
  }

  /// Returns δ of every item.
  float[] steps() {
    return steps;
  }

  /// Returns W of every item: what a query of length 1 can be off because of its coarse codes.
  float[] coarseRadii() {
    return coarseRadii;
  }

  /// Returns δ and V of every item, beside each other: a candidate's fine codes are read with them.
  /// V is what the fine codes add to W, usually less than nothing.
  float[] fineFactors() {
    return fineFactors;
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

  /// Returns N.
  double greatestNorm() {
    return greatestNorm;
  }

  /// Where codes lie.
  ///
  /// @param blockPanels panels of an array
  /// @param blockShift so that an array holds the fine codes of `1 << blockShift` items
  private record Layout(int quads, int fineLength, int blockPanels, int blockShift) {
    static Layout of(int columns) {
      int quads = (columns + 3) / 4;
      int lanes = (columns + FINE_CODES - 1) / FINE_CODES;
      int fineLength = (lanes + FINE_GRAIN - 1) / FINE_GRAIN * FINE_GRAIN;
      int together = QuantisedDots.PANELS;
      int blockPanels = Math.max(1, BLOCK_LANES / (quads * PANEL) / together) * together;
      return new Layout(
          quads,
          fineLength,
          blockPanels,
          31 - Integer.numberOfLeadingZeros(BLOCK_LANES / fineLength));
    }

    int coarseAt(int panel) {
      return START + panel % blockPanels * quads * PANEL;
    }

    int fineAt(int item) {
      return START + (item & ((1 << blockShift) - 1)) * fineLength;
    }

    static short[][] blocks(int count, int perBlock, int length) {
      short[][] blocks = new short[(count + perBlock - 1) / perBlock][];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = new short[START + Math.min(perBlock, count - i * perBlock) * length];
      }
      return blocks;
    }
  }

  /// The index while it is made; threads work on different panels.
  private static final class Build {
    private final HeapTensor weights;
    private final @Nullable HeapTensor bias;
    private final Layout layout;
    private final short[][] coarse;
    private final short[][] fine;
    private final float[] steps;
    private final float[] coarseRadii;
    private final float[] fineFactors;
    private final float[] offsets;
    private final boolean[] isIrregular;
    private final double[] norms;

    Build(HeapTensor weights, @Nullable HeapTensor bias) {
      this.weights = weights;
      this.bias = bias;
      layout = Layout.of(weights.columns());
      int together = QuantisedDots.PANELS * PANEL;
      int padded = Math.multiplyExact((weights.rows() + together - 1) / together, together);
      coarse = Layout.blocks(padded / PANEL, layout.blockPanels, layout.quads * PANEL);
      fine = Layout.blocks(weights.rows(), 1 << layout.blockShift, layout.fineLength);
      steps = new float[padded];
      coarseRadii = new float[padded];
      fineFactors = new float[2 * weights.rows()];
      offsets = new float[padded];
      isIrregular = new boolean[weights.rows()];
      norms = new double[padded / PANEL];
    }

    void panel(int panel) {
      QuantisedRow row = new QuantisedRow(weights.columns(), layout.fineLength);
      for (int lane = 0; lane < PANEL; lane++) {
        int item = panel * PANEL + lane;
        double greatest = item < weights.rows() ? QuantisedRow.greatest(weights, item) : 0;
        double offset = bias == null || item >= weights.rows() ? 0 : bias.get(0, item);
        if (item >= weights.rows()) {
          offsets[item] = Float.NaN;
        } else if (isOutOfRange(greatest, offset)) {
          isIrregular[item] = true;
          offsets[item] = Float.NaN;
        } else {
          row.write(
              weights.array(item),
              weights.offset(item),
              greatest,
              coarse[panel / layout.blockPanels],
              layout.coarseAt(panel) + lane,
              fine[item >> layout.blockShift],
              layout.fineAt(item));
          norms[panel] = Math.max(norms[panel], row.norm());
          keep(item, row, offset);
        }
      }
    }

    private void keep(int item, QuantisedRow row, double offset) {
      double epsilon = epsilon(weights.columns());
      double margin = 1 + 0x1p-10;
      steps[item] = row.step();
      coarseRadii[item] = (float) (margin * (row.coarseError() + epsilon * row.length()));
      double fineRadius = margin * (row.fineError() + epsilon * row.length());
      fineFactors[2 * item] = row.step();
      fineFactors[2 * item + 1] = Math.nextUp((float) (fineRadius - coarseRadii[item]));
      offsets[item] = (float) (offset + epsilon * Math.abs(offset));
      if (offset == Double.NEGATIVE_INFINITY) {
        offsets[item] = Float.NEGATIVE_INFINITY;
      }
    }

    /// A bias that is no number never ranks, and an infinite one is above or below all others.
    private static boolean isOutOfRange(double greatest, double offset) {
      boolean isBiasFine = !(Math.abs(offset) > GREATEST_BIAS) || Double.isInfinite(offset);
      return !isBiasFine || !(greatest == 0 || isRegular(greatest));
    }
  }
}
