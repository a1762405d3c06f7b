package dev.segue.kernels;

/// Arguments of [Backend#gatherRows]: `out[i] = table[ids[i]]`.
///
/// @param table `V × C`
/// @param ids N row numbers of the table
/// @param out `N × C`
public record GatherRows(Tensor table, int[] ids, Tensor out) {
  /// Checks shapes and ids.
  public GatherRows {
    Shapes.ids("gatherRows", "ids", ids, table.rows());
    Shapes.check("gatherRows", "out", out, ids.length, table.columns());
  }
}
