package dev.segue.kernels;

import org.jspecify.annotations.Nullable;

/// Arguments of [Backend#adagradRows], a step of [Adagrad] for the rows that occur in a batch: the
/// sum of each row's gradients, its accumulator and the row itself in one pass. A row that does not
/// occur keeps its value, its accumulator and its velocity; without momentum that is what the dense
/// step does with it too.
///
/// @param parameters p, `V × C`, or `1 × V` for elements of a vector
/// @param gradients of some of its rows
/// @param accumulator a, same shape as p
/// @param velocity w, same shape as p, or null without momentum
/// @param settings rate, μ, ε
public record AdagradRows(
    Tensor parameters,
    RowGradients gradients,
    Tensor accumulator,
    @Nullable Tensor velocity,
    Adagrad.Settings settings) {
  /// Checks shapes.
  public AdagradRows {
    gradients.checkTable("adagradRows", "parameters", parameters);
    gradients.checkTable("adagradRows", "accumulator", accumulator);
    if (velocity != null) {
      gradients.checkTable("adagradRows", "velocity", velocity);
    }
    Adagrad.requireVelocity("adagradRows", velocity, settings);
  }
}
