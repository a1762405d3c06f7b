package dev.segue.kernels;

/// Arguments of [Backend#adamRows], a step of Adam for the rows that occur in a batch: the sum of
/// each row's gradients, its moments and the row itself in one pass. A row that does not occur
/// keeps its value and its moments.
///
/// This is the lazy variant, as `torch.optim.SparseAdam`: t counts all steps, also those in which a
/// row did not occur. ε stands where [Adam] has it, so that a step in which every row occurs is a
/// step of [Adam]; PyTorch's sparse variant adds it to the root before the root is corrected.
///
/// @param parameters p, `V × C`, or `1 × V` for elements of a vector
/// @param gradients of some of its rows
/// @param firstMoment m, same shape as p
/// @param secondMoment v, same shape as p
/// @param settings rate, β₁, β₂, ε
/// @param step t, from 1
public record AdamRows(
    Tensor parameters,
    RowGradients gradients,
    Tensor firstMoment,
    Tensor secondMoment,
    Adam.Settings settings,
    int step) {
  /// Checks shapes.
  public AdamRows {
    gradients.checkTable("adamRows", "parameters", parameters);
    gradients.checkTable("adamRows", "first moment", firstMoment);
    gradients.checkTable("adamRows", "second moment", secondMoment);
    if (step < 1) {
      throw new IllegalArgumentException("adamRows: step, expected at least 1, got " + step);
    }
  }
}
