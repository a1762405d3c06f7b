package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#adagrad], one dense step of Adagrad (Duchi, Hazan and Singer 2011) with
/// optional momentum μ (Polyak 1964):
///
/// ```
/// a = a + g²        u = g / (√a + ε)
/// p = p − rate · u                           without momentum
/// w = μ w − rate · u        p = p + w        with momentum
/// ```
///
/// The accumulator a starts at 0. The gradient is set to zero in the same pass over memory.
///
/// @param parameters p
/// @param gradients g, same shape; zero afterwards
/// @param accumulator a, same shape
/// @param velocity w, same shape, or null without momentum
/// @param settings rate, μ, ε
public record Adagrad(
    Tensor parameters,
    Tensor gradients,
    Tensor accumulator,
    @Nullable Tensor velocity,
    Settings settings) {

  /// Constants of the method.
  ///
  /// @param rate learning rate
  /// @param momentum μ, 0 for none
  /// @param epsilon added to the root
  public record Settings(double rate, double momentum, double epsilon) {
    /// Returns PyTorch's ε, 1e-10, with a learning rate and a momentum.
    public static Settings of(double rate, double momentum) {
      return new Settings(rate, momentum, 1e-10);
    }
  }

  /// Checks shapes.
  public Adagrad {
    int rows = parameters.rows();
    int columns = parameters.columns();
    Shapes.check("adagrad", "gradients", gradients, rows, columns);
    Shapes.check("adagrad", "accumulator", accumulator, rows, columns);
    if (velocity != null) {
      Shapes.check("adagrad", "velocity", velocity, rows, columns);
    }
    requireVelocity("adagrad", velocity, settings);
  }

  static void requireVelocity(String operation, @Nullable Tensor velocity, Settings settings) {
    if ((velocity != null) != (settings.momentum() != 0)) {
      throw new IllegalArgumentException(
          "%s: momentum needs a velocity, expected both or none, got momentum %s with%s velocity"
              .formatted(operation, settings.momentum(), velocity == null ? "out" : " a"));
    }
  }
}
