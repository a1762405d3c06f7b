package dev.segue.engine.network;

import java.util.List;

/// Changes parameters by their gradients.
public sealed interface Optimiser extends AutoCloseable permits AdamOptimiser, AdagradOptimiser {
  /// Changes the parameters by one step. Dense gradients are zero afterwards. Of a parameter with
  /// gradients by row only the rows that occur change, and only their state.
  ///
  /// @param parameters to change
  /// @param gradients of the mean loss, in the order of the parameters
  /// @param step from 1
  /// @param rateFactor what the learning rate is multiplied with, see [RateSchedule]
  void step(ParameterSet parameters, List<Gradient> gradients, long step, double rateFactor);

  /// Changes the parameters by one step with dense gradients at the whole learning rate.
  default void step(ParameterSet parameters, ParameterSet gradients, long step) {
    step(parameters, gradients.asGradients(), step, 1);
  }

  /// Returns the tensors that a checkpoint keeps.
  List<Parameter> state();

  @Override
  void close();
}
