package dev.segue.engine.network;

import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.GradientClipping;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// A step with the softmax over all items. All gradients are dense: every item has one.
public final class FullSoftmaxStep implements TrainingStep {
  private final Backend backend;
  private final GruNetwork network;
  private final ParameterSet gradients;
  private final Optimiser optimiser;
  private final Regularisation regularisation;
  private final double clip;

  /// Makes the steps of a run; closes the optimiser.
  ///
  /// @param clip bound of the gradients' global norm, 0 for none
  public FullSoftmaxStep(
      Backend backend,
      GruNetwork network,
      Optimiser optimiser,
      Regularisation regularisation,
      double clip) {
    this.backend = backend;
    this.network = network;
    this.gradients = new ParameterSet(backend, network.trained().shape());
    this.optimiser = optimiser;
    this.regularisation = regularisation;
    this.clip = clip;
  }

  @Override
  public Result run(Batch batch, long step, double rateFactor) {
    DoubleSupplier loss = network.accumulateGradients(batch, gradients, regularisation, step);
    DoubleSupplier norm =
        clip == 0
            ? () -> 0
            : backend.clipByGlobalNorm(new GradientClipping(gradients.tensors(), clip));
    optimiser.step(network.trained(), gradients.asGradients(), step, rateFactor);
    return Result.of(loss, norm);
  }

  @Override
  public List<Parameter> state() {
    return Stream.concat(optimiser.state().stream(), network.carriedState().stream()).toList();
  }

  @Override
  public void close() {
    gradients.close();
    optimiser.close();
  }
}
