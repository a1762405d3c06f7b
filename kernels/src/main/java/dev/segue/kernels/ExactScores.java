package dev.segue.kernels;

import dev.segue.kernels.Workspace.Slot;
import org.jspecify.annotations.Nullable;

/// The scores of [VectorRanking] for items here and there, bit for bit: the chains of [Dots], then
/// the bias.
final class ExactScores {
  private final HeapTensor table;
  private final float @Nullable [] bias;
  private final QuantisedSearch.Scorer[] ofRows;

  /// Prepares the scores of some rows.
  ///
  /// @param hidden all rows of the search, one after another
  /// @param rows numbers of the rows that are asked for
  ExactScores(TopKSearch op, float[] hidden, int[] rows, Workspace workspace) {
    table = HeapTensor.of(op.weights());
    bias = op.bias() == null ? null : HeapTensor.of(op.bias()).array(0);
    ofRows = new QuantisedSearch.Scorer[rows.length];
    Dots dots = new Dots(hidden, op.hidden().rows(), table.columns(), workspace);
    float[] few = workspace.floats(Slot.SCORES, Dots.TILE);
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      ofRows[i] = (items, count, scores) -> score(dots, row, items, count, few, scores);
    }
  }

  /// Returns the scores of the i-th row that was asked for.
  QuantisedSearch.Scorer ofRow(int i) {
    return ofRows[i];
  }

  /// Four rows of the table at a time, where they lie in one array, so that the memory answers to
  /// all of them at once: a row that is not in a cache costs as much as some thousand
  /// multiply-adds.
  private void score(Dots dots, int row, int[] items, int count, float[] few, float[] scores) {
    for (int i = 0; i < count; ) {
      float[] array = table.array(items[i]);
      int end = items[i] + table.rowsInBlock(items[i]);
      boolean isFour = i + Dots.TILE <= count && items[i + Dots.TILE - 1] < end;
      int here = isFour ? Dots.TILE : 1;
      if (isFour) {
        dots.four(
            row,
            array,
            table.offset(items[i]),
            table.offset(items[i + 1]),
            table.offset(items[i + 2]),
            table.offset(items[i + 3]),
            few);
      } else {
        dots.one(row, array, table.offset(items[i]), few);
      }
      for (int j = 0; j < here; j++, i++) {
        scores[i] = bias == null ? few[j] : few[j] + bias[items[i]];
      }
    }
  }
}
