package dev.segue.kernels;

/// Arguments of [Backend#adam], one dense step of Adam (Kingma and Ba 2015, algorithm 1):
///
/// ```
/// m = β₁ m + (1 − β₁) g        v = β₂ v + (1 − β₂) g²
/// p = p − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
/// ```
///
/// The gradient is set to zero in the same pass over memory, ready for the next batch.
///
/// @param parameters p
/// @param gradients g, same shape; zero afterwards
/// @param firstMoment m, same shape
/// @param secondMoment v, same shape
/// @param settings rate, β₁, β₂, ε
/// @param step t, from 1
public record Adam(
    Tensor parameters,
    Tensor gradients,
    Tensor firstMoment,
    Tensor secondMoment,
    Settings settings,
    int step) {

  /// Constants of the method.
  ///
  /// @param rate learning rate
  /// @param beta1 decay of the first moment
  /// @param beta2 decay of the second moment
  /// @param epsilon added to the root
  public record Settings(double rate, double beta1, double beta2, double epsilon) {
    /// Returns the usual constants with a learning rate: β₁ 0.9, β₂ 0.999, ε 1e-8.
    public static Settings ofRate(double rate) {
      return new Settings(rate, 0.9, 0.999, 1e-8);
    }
  }

  /// Checks shapes.
  public Adam {
    int rows = parameters.rows();
    int columns = parameters.columns();
    Shapes.check("adam", "gradients", gradients, rows, columns);
    Shapes.check("adam", "first moment", firstMoment, rows, columns);
    Shapes.check("adam", "second moment", secondMoment, rows, columns);
    if (step < 1) {
      throw new IllegalArgumentException("adam: step, expected at least 1, got " + step);
    }
  }
}
