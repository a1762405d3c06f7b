package dev.segue.engine.network;

import dev.segue.engine.sequences.Batch;
import java.util.List;
import java.util.function.DoubleSupplier;

/// One step of training: the gradients of a batch, clipping, and the optimiser.
public sealed interface TrainingStep extends AutoCloseable permits FullSoftmaxStep, SampledStep {
  /// Takes a step.
  ///
  /// @param batch the batch
  /// @param step number of the step in the whole training, from 1
  /// @param rateFactor what the learning rate is multiplied with
  Result run(Batch batch, long step, double rateFactor);

  /// Returns the tensors that a checkpoint keeps.
  List<Parameter> state();

  @Override
  void close();

  /// What a step gave.
  ///
  /// @param loss sum of the losses of the batch's targets
  /// @param gradientNorm before clipping; 0 when gradients are not clipped
  record Result(double loss, double gradientNorm) {
    /// Waits for a step whose work was handed out as a whole.
    static Result of(DoubleSupplier loss, DoubleSupplier gradientNorm) {
      return new Result(loss.getAsDouble(), gradientNorm.getAsDouble());
    }
  }
}
