package dev.segue.kernels;

import java.util.Arrays;

/// The least work of each [Kernel]: rows as short as they come. The compiler counts calls, so the
/// shorter one takes the sooner it is compiled.
final class KernelRuns {
  private static final int PANEL = QuantisedIndex.PANEL;
  private static final int ITEMS = QuantisedDots.PANELS * PANEL;
  private static final int LENGTH = QuantisedIndex.FINE_GRAIN;

  /// More than a compiled run takes on a busy machine, and less than any other.
  private static final double COMPILED_NANOS = 1500;

  private final float[] table = new float[ITEMS * LENGTH];
  private final float[] queries = new float[Dots.TILE * LENGTH];
  private final Workspace workspace = new Workspace.Pool().take();
  private final QuantisedIndex index;
  private final QuantisedQuery query;

  /// Work, again and again.
  ///
  /// @param compiledNanos less than it takes while it is not compiled
  record Run(Runnable work, double compiledNanos) {}

  KernelRuns() {
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) Math.sin(i);
    }
    System.arraycopy(table, 0, queries, 0, queries.length);
    index = QuantisedIndex.of(new HeapTensor(ITEMS, LENGTH, table));
    query = QuantisedQuery.of(queries, 0, LENGTH, index);
  }

  /// Returns the work of a kernel.
  Run of(Kernel kernel) {
    return switch (kernel) {
      case DOTS -> dots();
      case SUMS -> sums();
      case BOUNDS -> bounds();
      case FINE_BOUNDS -> fineBounds();
      case FOUR_QUERIES -> fourQueries();
      case TILE -> tile();
      case GATES -> gates();
    };
  }

  private Run dots() {
    Dots dots = new Dots(queries, 1, LENGTH, workspace);
    float[] out = new float[Dots.TILE];
    return new Run(
        () -> {
          dots.four(0, table, 0, LENGTH, 2 * LENGTH, 3 * LENGTH, out);
          dots.one(0, table, 0, out);
        },
        COMPILED_NANOS);
  }

  private Run sums() {
    short[] sums = new short[ITEMS];
    short[] packed = index.coarse(0);
    int at = index.coarseAt(0);
    return new Run(
        () -> QuantisedDots.twoPanels(packed, at, index.quads(), query, sums, 0), COMPILED_NANOS);
  }

  private Run bounds() {
    short[] sums = new short[ITEMS];
    float[] upper = new float[PANEL];
    return new Run(
        () -> {
          QuantisedBounds.coarse(sums, 0, index, 0, query, 0, upper, 0);
          QuantisedBounds.reaching(upper, 0, 0);
        },
        COMPILED_NANOS);
  }

  private Run fineBounds() {
    QuantisedFineBounds fine = new QuantisedFineBounds(index);
    int[] items = {1, 5};
    float[] bounds = new float[items.length];
    return new Run(() -> fine.tighten(items, bounds, items.length, query), 2 * COMPILED_NANOS);
  }

  private Run fourQueries() {
    QuantisedQuery[] four = new QuantisedQuery[QuantisedDots.ROWS];
    Arrays.fill(four, query);
    short[] sums = new short[QuantisedDots.ROWS * PANEL];
    return new Run(
        () ->
            QuantisedDots.fourQueries(
                index.coarse(0), index.coarseAt(0), index.quads(), four, 0, sums),
        COMPILED_NANOS);
  }

  private Run tile() {
    Dots dots = new Dots(queries, Dots.TILE, LENGTH, workspace);
    float[] out = new float[Dots.TILE * Dots.TILE];
    return new Run(() -> dots.times(table, 0, Dots.TILE, out, 0, Dots.TILE), COMPILED_NANOS);
  }

  private Run gates() {
    GruGates gates = new GruGates(LENGTH);
    float[] row = new float[4 * LENGTH];
    float[] hidden = new float[LENGTH];
    return new Run(
        () -> {
          System.arraycopy(table, 0, row, 0, row.length);
          gates.forward(row, 0, table, row.length, table, queries, 0, hidden, 0);
        },
        2 * COMPILED_NANOS);
  }
}
