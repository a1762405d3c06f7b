package dev.segue.kernels;

import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.stream.IntStream;

/// The best k by a [QuantisedIndex]: threads take ranges of panels, and each reads its part of the
/// index once for all queries. [QuantisedSearch] says why the answers are exact.
final class QuantisedRanking {
  /// The first pass costs about as much as so many times fewer multiply-adds in floats.
  private static final int SPEED_UP = 4;

  /// A search that scores more than this part of all items in float reads all weights instead.
  private static final int MOST_CANDIDATES = 8;

  private static final int PANELS = QuantisedDots.PANELS;

  private final Workers workers;
  private final Workspace.Pool workspaces;
  private final WarmUp warmUp;

  QuantisedRanking(Workers workers, Workspace.Pool workspaces, WarmUp warmUp) {
    this.workers = workers;
    this.workspaces = workspaces;
    this.warmUp = warmUp;
  }

  /// Returns whether the answers are short enough for the first pass to leave much out.
  static boolean pays(TopKSearch op) {
    return op.k() <= op.weights().rows() / (2 * MOST_CANDIDATES);
  }

  /// Fills the empty heaps of the rows that it can answer and returns the numbers of the others.
  int[] topK(TopKSearch op, QuantisedIndex index, RankingRow[] rules, BestK[] best) {
    int columns = op.hidden().columns();
    float[] hidden = new float[Math.multiplyExact(rules.length, columns)];
    op.hidden().read(0, FloatBuffer.wrap(hidden));
    int[] rows =
        IntStream.range(0, rules.length)
            .filter(row -> QuantisedQuery.fits(hidden, row * columns, columns))
            .toArray();
    QuantisedQuery[] queries = new QuantisedQuery[rows.length];
    for (int i = 0; i < rows.length; i++) {
      queries[i] = QuantisedQuery.of(hidden, rows[i] * columns, columns, index);
    }
    QuantisedSearch[][] searches = searches(op, index, rules, hidden, rows, queries);
    finish(op, hidden, rows, searches, best);
    BitSet left = new BitSet();
    left.set(0, rules.length);
    for (int i = 0; i < rows.length; i++) {
      left.set(rows[i], searches[0][i].isTooWide());
    }
    return left.stream().toArray();
  }

  /// Searches; returns for each part its search of every row.
  private QuantisedSearch[][] searches(
      TopKSearch op,
      QuantisedIndex index,
      RankingRow[] rules,
      float[] hidden,
      int[] rows,
      QuantisedQuery[] queries) {
    int items = op.weights().rows();
    boolean isTogether = warmUp.has(Kernel.FOUR_QUERIES);
    int parts = workers.parts(queries.length * op.weights().size() / SPEED_UP);
    QuantisedSearch[][] searches = new QuantisedSearch[parts][queries.length];
    int most = items / MOST_CANDIDATES;
    for (int i = 0; i < queries.length; i++) {
      RankingRow rule = rules[rows[i]];
      for (QuantisedSearch[] ofPart : searches) {
        int k = Math.min(op.k(), items);
        ofPart[i] = new QuantisedSearch(index, queries[i], rule, k, most, warmUp);
      }
    }
    workers.run(
        parts,
        part -> {
          int groups = index.panels() / PANELS;
          int first = (int) ((long) groups * part / parts) * PANELS;
          int end = (int) ((long) groups * (part + 1) / parts) * PANELS;
          try (Workspace workspace = workspaces.take()) {
            ExactScores scorer = new ExactScores(op, hidden, rows, workspace);
            new QuantisedPass(index, queries, searches[part], op.allowed(), isTogether)
                .run(first, end, scorer, workspace);
          }
        });
    return searches;
  }

  /// Joins the parts of every search.
  private void finish(
      TopKSearch op, float[] hidden, int[] rows, QuantisedSearch[][] searches, BestK[] best) {
    try (Workspace workspace = workspaces.take()) {
      ExactScores scorer = new ExactScores(op, hidden, rows, workspace);
      for (int i = 0; i < rows.length; i++) {
        for (int part = 1; part < searches.length; part++) {
          searches[0][i].join(searches[part][i]);
        }
        if (!searches[0][i].isTooWide()) {
          searches[0][i].finish(scorer.ofRow(i), best[rows[i]]);
        }
      }
    }
  }
}
