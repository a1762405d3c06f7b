package dev.segue.engine.network;

import dev.segue.engine.sequences.Batch.Carry;
import dev.segue.kernels.Backend;
import dev.segue.kernels.GatherRows;
import dev.segue.kernels.ScatterAddRows;
import dev.segue.kernels.Tensor;
import java.util.ArrayList;
import java.util.List;

/// The hidden states that sessions side by side carry from batch to batch, a row for each slot, and
/// after them a row of zeros from which sessions start. States never leave the backend's memory.
public final class CarriedStates implements AutoCloseable {
  private final Backend backend;
  private final int slots;
  private final int size;
  private final List<Parameter> layers = new ArrayList<>();

  /// Makes states of zero.
  ///
  /// @param slots sessions in a batch at most
  public CarriedStates(Backend backend, NetworkShape shape, int slots) {
    this.backend = backend;
    this.slots = slots;
    this.size = shape.hidden();
    for (int layer = 0; layer < shape.layers(); layer++) {
      layers.add(new Parameter("carried.l" + layer, backend.allocate(slots + 1, size), false));
    }
  }

  /// Returns the states with which the sequences of a batch begin, zero where a session starts; the
  /// caller closes them.
  Tensor before(int layer, Carry carry) {
    int[] rows = carry.slots().clone();
    for (int i = 0; i < rows.length; i++) {
      if (carry.starts()[i]) {
        rows[i] = slots;
      }
    }
    Tensor states = backend.allocate(rows.length, size);
    backend.gatherRows(new GatherRows(layers.get(layer).value(), rows, states));
    return states;
  }

  /// Keeps the states after a batch of one step. A slot that is not in the batch has no session any
  /// more, so that its state may go.
  void keep(int layer, Carry carry, Tensor hidden) {
    Tensor kept = layers.get(layer).value();
    kept.fill(0);
    backend.scatterAddRows(new ScatterAddRows(hidden, carry.slots(), kept));
  }

  /// Returns the tensors that a checkpoint keeps.
  List<Parameter> state() {
    return List.copyOf(layers);
  }

  @Override
  public void close() {
    layers.forEach(layer -> layer.value().close());
  }
}
