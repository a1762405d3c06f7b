package dev.segue.engine.network;

import dev.segue.kernels.Adam;
import dev.segue.kernels.AdamRows;
import dev.segue.kernels.Backend;
import java.util.ArrayList;
import java.util.List;

/// Adam over all parameters. With dense gradients it is PyTorch's default: the moments of an item
/// that does not occur in a batch decay all the same. With gradients by row it is lazy, as
/// PyTorch's `SparseAdam`: what does not occur keeps its value and its moments.
public final class AdamOptimiser implements Optimiser {
  private final Backend backend;
  private final double rate;
  private final ParameterSet firstMoments;
  private final ParameterSet secondMoments;

  /// Makes an optimiser at its first step.
  public AdamOptimiser(Backend backend, NetworkShape shape, double rate) {
    this.backend = backend;
    this.rate = rate;
    this.firstMoments = new ParameterSet(backend, shape);
    this.secondMoments = new ParameterSet(backend, shape);
  }

  @Override
  public void step(
      ParameterSet parameters, List<Gradient> gradients, long step, double rateFactor) {
    Adam.Settings settings = Adam.Settings.ofRate((float) (rate * rateFactor));
    int number = Math.toIntExact(step);
    for (int i = 0; i < gradients.size(); i++) {
      var parameter = parameters.tensors().get(i);
      var first = firstMoments.tensors().get(i);
      var second = secondMoments.tensors().get(i);
      switch (gradients.get(i)) {
        case Gradient.Dense dense ->
            backend.adam(new Adam(parameter, dense.values(), first, second, settings, number));
        case Gradient.Rows rows ->
            backend.adamRows(new AdamRows(parameter, rows.rows(), first, second, settings, number));
      }
    }
  }

  /// Returns `first.…` and `second.…` of every parameter.
  @Override
  public List<Parameter> state() {
    List<Parameter> state = new ArrayList<>(firstMoments.named("first."));
    state.addAll(secondMoments.named("second."));
    return state;
  }

  @Override
  public void close() {
    firstMoments.close();
    secondMoments.close();
  }
}
