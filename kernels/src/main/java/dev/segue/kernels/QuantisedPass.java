package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import org.jspecify.annotations.Nullable;

/// One thread's way through its panels of a [QuantisedIndex], with all queries.
///
/// The scores of a stretch of items are bounded before any is looked at: the best of them are
/// scored first, and the k-th of these is above the bounds of nearly all others. One query takes
/// stretches as long as a range usually is; many take shorter ones, so that bounds stay in the
/// second cache.
final class QuantisedPass {
  /// Bounds of a stretch, for all queries together.
  private static final int STRETCH = 1 << 18;

  /// Panels whose sums one query takes before it turns them into bounds, so that the processor
  /// reads codes from memory and nothing else meanwhile.
  private static final int GROUP = 16;

  private static final int PANEL = QuantisedIndex.PANEL;
  private static final int PANELS = QuantisedDots.PANELS;
  private static final int ROWS = QuantisedDots.ROWS;

  private final QuantisedIndex index;
  private final QuantisedQuery[] queries;
  private final QuantisedSearch[] searches;
  private final long @Nullable [] allowed;
  private final boolean isTogether;
  private final short[] sums = new short[GROUP * PANEL];
  private final QuantisedFineBounds fine;

  /// Prepares a pass.
  ///
  /// @param searches of each query
  /// @param allowed a bit per item, or null for all
  /// @param isTogether whether to take four queries at a time
  QuantisedPass(
      QuantisedIndex index,
      QuantisedQuery[] queries,
      QuantisedSearch[] searches,
      long @Nullable [] allowed,
      boolean isTogether) {
    this.index = index;
    this.queries = queries;
    this.searches = searches;
    this.allowed = allowed;
    this.isTogether = isTogether;
    fine = new QuantisedFineBounds(index);
  }

  /// Searches panels.
  ///
  /// @param first a multiple of [QuantisedDots#PANELS], as is `end`
  void run(int first, int end, ExactScores scorer, Workspace workspace) {
    int most = Math.max(1, STRETCH / PANEL / PANELS / Math.max(1, queries.length)) * PANELS;
    int panels = Math.min(most, end - first);
    float[] upper = workspace.floats(Slot.BOUNDS, queries.length * panels * PANEL);
    for (int panel = first; panel < end; panel += panels) {
      int to = Math.min(end, panel + panels);
      for (int i = 0; i < queries.length; i++) {
        searches[i].start(panel, to, allowed, upper, i * panels * PANEL);
      }
      for (int group = panel; group < to; group += GROUP) {
        bound(group, Math.min(to, group + GROUP));
      }
      for (int i = 0; i < queries.length; i++) {
        searches[i].score(scorer.ofRow(i), fine);
      }
    }
  }

  /// Bounds the scores of a group of panels, for four queries at a time.
  private void bound(int first, int end) {
    int alone = isTogether ? queries.length / ROWS * ROWS : 0;
    for (int panel = first; panel < end; panel++) {
      for (int i = 0; i < alone && QuantisedSearch.allowed(allowed, panel) != 0; i += ROWS) {
        QuantisedDots.fourQueries(
            index.coarse(panel), index.coarseAt(panel), index.quads(), queries, i, sums);
        for (int row = 0; row < ROWS; row++) {
          searches[i + row].bound(panel, sums, row * PANEL);
        }
      }
    }
    for (int i = alone; i < queries.length; i++) {
      for (int pair = first; pair < end; pair += PANELS) {
        sum(pair, queries[i], (pair - first) * PANEL);
      }
      for (int panel = first; panel < end; panel++) {
        searches[i].bound(panel, sums, (panel - first) * PANEL);
      }
    }
  }

  private void sum(int pair, QuantisedQuery query, int to) {
    if ((QuantisedSearch.allowed(allowed, pair) | QuantisedSearch.allowed(allowed, pair + 1))
        != 0) {
      int lanes = PANELS * index.quads() * PANEL;
      short[] packed = index.coarse(pair);
      int at = index.coarseAt(pair);
      sums[to] = QuantisedDots.touchPages(packed, at + lanes, lanes);
      QuantisedDots.twoPanels(packed, at, index.quads(), query, sums, to);
    }
  }
}
