package dev.segue.kernels;

import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The best k by a [QuantisedIndex]: threads take ranges of panels, and each reads its part of the
/// index once for all queries. [QuantisedSearch] says why the answers are exact.
final class QuantisedRanking {
  /// The first pass costs about as much as so many times fewer multiply-adds in floats.
  private static final int SPEED_UP = 4;

  /// A search with more candidates than this part of all items reads all weights instead.
  private static final int MOST_CANDIDATES = 8;

  private final Workers workers;
  private final Workspace.Pool workspaces;

  QuantisedRanking(Workers workers, Workspace.Pool workspaces) {
    this.workers = workers;
    this.workspaces = workspaces;
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

  /// Runs the first pass; returns for each part its search of every row.
  private QuantisedSearch[][] searches(
      TopKSearch op,
      QuantisedIndex index,
      RankingRow[] rules,
      float[] hidden,
      int[] rows,
      QuantisedQuery[] queries) {
    int items = op.weights().rows();
    int parts = workers.parts(queries.length * op.weights().size() / SPEED_UP);
    QuantisedSearch[][] searches = new QuantisedSearch[parts][queries.length];
    for (int i = 0; i < queries.length; i++) {
      RankingRow rule = rules[rows[i]];
      for (QuantisedSearch[] ofPart : searches) {
        ofPart[i] =
            new QuantisedSearch(
                index, queries[i], rule, Math.min(op.k(), items), items / MOST_CANDIDATES);
      }
    }
    int panels = index.panels();
    workers.run(
        parts,
        part -> {
          int first = (int) ((long) panels * part / parts);
          int end = (int) ((long) panels * (part + 1) / parts);
          try (Workspace workspace = workspaces.take()) {
            ExactScores scorer = new ExactScores(op, hidden, rows, workspace);
            scan(index, first, end, queries, searches[part], op.allowed(), scorer);
          }
        });
    return searches;
  }

  private static void scan(
      QuantisedIndex index,
      int firstPanel,
      int endPanel,
      QuantisedQuery[] queries,
      QuantisedSearch[] searches,
      long @Nullable [] allowed,
      ExactScores scorer) {
    short[] sums = new short[queries.length * QuantisedIndex.PANEL];
    for (int panel = firstPanel; panel < endPanel; panel++) {
      long word = allowed == null ? -1 : allowed[panel];
      if (word == 0) {
        continue;
      }
      byte[] packed = index.array(panel);
      int at = index.offset(panel);
      int i = 0;
      for (; i + QuantisedDots.ROWS <= queries.length; i += QuantisedDots.ROWS) {
        QuantisedDots.four(packed, at, index.quads(), queries, i, sums);
      }
      for (; i < queries.length; i++) {
        int to = i * QuantisedIndex.PANEL;
        QuantisedDots.one(packed, at, index.quads(), queries[i], sums, to);
      }
      for (i = 0; i < queries.length; i++) {
        searches[i].take(panel, sums, i * QuantisedIndex.PANEL, word, scorer.ofRow(i));
      }
    }
  }

  /// Joins the parts of every search and scores the candidates that are left.
  private void finish(
      TopKSearch op, float[] hidden, int[] rows, QuantisedSearch[][] searches, BestK[] best) {
    int parts = Math.clamp(rows.length, 1, workers.threads());
    workers.run(
        parts,
        part -> {
          try (Workspace workspace = workspaces.take()) {
            ExactScores scorer = new ExactScores(op, hidden, rows, workspace);
            for (int i = part; i < rows.length; i += parts) {
              for (int other = 1; other < searches.length; other++) {
                searches[0][i].join(searches[other][i], scorer.ofRow(i));
              }
              if (!searches[0][i].isTooWide()) {
                searches[0][i].finish(scorer.ofRow(i), best[rows[i]]);
              }
            }
          }
        });
  }
}
