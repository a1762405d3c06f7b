package dev.segue.engine.network;

import dev.segue.kernels.Adagrad;
import dev.segue.kernels.AdagradRows;
import dev.segue.kernels.Backend;
import dev.segue.kernels.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adagrad over all parameters, with accumulators that start at 0, and optional momentum. With
/// gradients by row, what does not occur keeps its velocity too.
public final class AdagradOptimiser implements Optimiser {
  private final Backend backend;
  private final double rate;
  private final double momentum;
  private final ParameterSet accumulators;
  private final @Nullable ParameterSet velocities;

  /// Makes an optimiser at its first step.
  ///
  /// @param momentum 0 for none; then no velocities are kept
  public AdagradOptimiser(Backend backend, NetworkShape shape, double rate, double momentum) {
    this.backend = backend;
    this.rate = rate;
    this.momentum = momentum;
    this.accumulators = new ParameterSet(backend, shape);
    this.velocities = momentum == 0 ? null : new ParameterSet(backend, shape);
  }

  @Override
  public void step(
      ParameterSet parameters, List<Gradient> gradients, long step, double rateFactor) {
    Adagrad.Settings settings = Adagrad.Settings.of(rate * rateFactor, momentum);
    for (int i = 0; i < gradients.size(); i++) {
      Tensor parameter = parameters.tensors().get(i);
      Tensor accumulator = accumulators.tensors().get(i);
      Tensor velocity = velocities == null ? null : velocities.tensors().get(i);
      switch (gradients.get(i)) {
        case Gradient.Dense dense ->
            backend.adagrad(
                new Adagrad(parameter, dense.values(), accumulator, velocity, settings));
        case Gradient.Rows rows ->
            backend.adagradRows(
                new AdagradRows(parameter, rows.rows(), accumulator, velocity, settings));
      }
    }
  }

  /// Returns `accumulator.…` and, with momentum, `velocity.…` of every parameter.
  @Override
  public List<Parameter> state() {
    List<Parameter> state = new ArrayList<>(accumulators.named("accumulator."));
    if (velocities != null) {
      state.addAll(velocities.named("velocity."));
    }
    return state;
  }

  @Override
  public void close() {
    accumulators.close();
    if (velocities != null) {
      velocities.close();
    }
  }
}
