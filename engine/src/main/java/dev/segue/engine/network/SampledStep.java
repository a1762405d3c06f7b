package dev.segue.engine.network;

import dev.segue.engine.sequences.Batch;
import dev.segue.kernels.Backend;
import dev.segue.kernels.GradientClipping;
import dev.segue.kernels.RowGradients;
import dev.segue.kernels.SampledLoss;
import dev.segue.kernels.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// A step with a loss over sampled items. Of the tables only the rows that occur in the batch or
/// among its columns have gradients, are measured for clipping, and change.
public final class SampledStep implements TrainingStep {
  private final Backend backend;
  private final GruNetwork network;
  private final SampledGradients gradients;
  private final Columns columns;
  private final SampledLoss.Objective objective;
  private final Optimiser optimiser;
  private final Regularisation regularisation;
  private final double clip;

  /// Chooses the items that a batch is scored on.
  public interface Columns {
    /// Returns the columns of a batch.
    ///
    /// @param targets the batch's targets
    /// @param step number of the step in the whole training
    SampledColumns of(int[] targets, long step);
  }

  /// Makes the steps of a run; closes the optimiser.
  ///
  /// @param clip bound of the gradients' global norm, 0 for none
  public SampledStep(
      Backend backend,
      GruNetwork network,
      Columns columns,
      SampledLoss.Objective objective,
      Optimiser optimiser,
      Regularisation regularisation,
      double clip) {
    this.backend = backend;
    this.network = network;
    this.gradients = new SampledGradients(backend, network.trained().shape());
    this.columns = columns;
    this.objective = objective;
    this.optimiser = optimiser;
    this.regularisation = regularisation;
    this.clip = clip;
  }

  @Override
  public Result run(Batch batch, long step, double rateFactor) {
    SampledColumns chosen = columns.of(batch.targets(), step);
    DoubleSupplier loss =
        network.accumulateSampled(batch, chosen, objective, gradients, regularisation, step);
    List<Gradient> all = gradients.all();
    DoubleSupplier norm = clip == 0 ? () -> 0 : clip(all);
    optimiser.step(network.trained(), all, step, rateFactor);
    return Result.of(loss, norm);
  }

  private DoubleSupplier clip(List<Gradient> all) {
    List<Tensor> dense = new ArrayList<>();
    List<RowGradients> rows = new ArrayList<>();
    for (Gradient gradient : all) {
      switch (gradient) {
        case Gradient.Dense each -> dense.add(each.values());
        case Gradient.Rows each -> rows.add(each.rows());
      }
    }
    return backend.clipByGlobalNorm(new GradientClipping(dense, rows, clip));
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
