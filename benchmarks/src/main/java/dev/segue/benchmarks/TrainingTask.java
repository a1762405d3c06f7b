package dev.segue.benchmarks;

import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.SampledColumns;
import dev.segue.engine.sequences.Batch;
import java.util.List;

/// The training of a network, step by step.
public interface TrainingTask extends AutoCloseable {
  /// What to train: Adam with the mission's learning rate 0.001, no dropout, no clipping.
  ///
  /// @param shape of the network
  /// @param seed of the initial weights, as [dev.segue.engine.network.Initialisation] draws them
  /// @param batches taken in turn
  /// @param columns for each batch the items that its loss scores; empty for the softmax over all
  record Problem(NetworkShape shape, long seed, List<Batch> batches, List<SampledColumns> columns) {
    static final double RATE = 0.001;

    /// Returns the batch of a step, from 0.
    Batch batch(int step) {
      return batches.get(step % batches.size());
    }

    /// Returns whether the loss is over sampled items.
    boolean isSampled() {
      return !columns.isEmpty();
    }

    /// Returns the sampled items of a step, from 0.
    SampledColumns columns(int step) {
      return columns.get(step % columns.size());
    }
  }

  /// Does the next step and returns the mean loss of its batch before it.
  double step();

  @Override
  void close();
}
