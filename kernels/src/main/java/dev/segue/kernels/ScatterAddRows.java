package dev.segue.kernels;

/// Arguments of [Backend#scatterAddRows]: `target[ids[i]] += rows[i]`.
///
/// @param rows `N × C`
/// @param ids N row numbers of the target; repeated ids are summed in order
/// @param target `V × C`
public record ScatterAddRows(Tensor rows, int[] ids, Tensor target) {
  /// Checks shapes and ids.
  public ScatterAddRows {
    Shapes.ids("scatterAddRows", "ids", ids, target.rows());
    Shapes.check("scatterAddRows", "rows", rows, ids.length, target.columns());
  }
}
