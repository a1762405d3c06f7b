package dev.segue.engine.network;

import dev.segue.kernels.Adam;
import dev.segue.kernels.Backend;
import java.util.ArrayList;
import java.util.List;

/// Dense Adam over all parameters, as PyTorch's default: the moments of an item that does not occur
/// in a batch decay all the same.
public final class AdamOptimiser implements AutoCloseable {
  private final Backend backend;
  private final Adam.Settings settings;
  private final ParameterSet firstMoments;
  private final ParameterSet secondMoments;

  /// Makes an optimiser at its first step.
  public AdamOptimiser(Backend backend, NetworkShape shape, double rate) {
    this.backend = backend;
    this.settings = Adam.Settings.ofRate((float) rate);
    this.firstMoments = new ParameterSet(backend, shape);
    this.secondMoments = new ParameterSet(backend, shape);
  }

  /// Changes the parameters by one step and sets the gradients to zero.
  ///
  /// @param parameters to change
  /// @param gradients of the mean loss
  /// @param step from 1
  public void step(ParameterSet parameters, ParameterSet gradients, long step) {
    for (int i = 0; i < parameters.all().size(); i++) {
      backend.adam(
          new Adam(
              parameters.tensors().get(i),
              gradients.tensors().get(i),
              firstMoments.tensors().get(i),
              secondMoments.tensors().get(i),
              settings,
              Math.toIntExact(step)));
    }
  }

  /// Returns the tensors that a checkpoint keeps: `first.…` and `second.…` of every parameter.
  public List<Parameter> state() {
    List<Parameter> state = new ArrayList<>();
    for (Parameter moment : firstMoments.all()) {
      state.add(new Parameter("first." + moment.name(), moment.value(), moment.vector()));
    }
    for (Parameter moment : secondMoments.all()) {
      state.add(new Parameter("second." + moment.name(), moment.value(), moment.vector()));
    }
    return state;
  }

  @Override
  public void close() {
    firstMoments.close();
    secondMoments.close();
  }
}
