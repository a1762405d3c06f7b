package dev.segue.engine.network;

import dev.segue.engine.sequences.Batch.Carry;
import dev.segue.kernels.Backend;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The hidden states that sessions side by side carry from batch to batch, a row for each slot.
public final class CarriedStates implements AutoCloseable {
  private final Backend backend;
  private final int size;
  private final List<Parameter> layers = new ArrayList<>();

  /// Makes states of zero.
  ///
  /// @param slots sessions in a batch at most
  public CarriedStates(Backend backend, NetworkShape shape, int slots) {
    this.backend = backend;
    this.size = shape.hidden();
    for (int layer = 0; layer < shape.layers(); layer++) {
      layers.add(new Parameter("carried.l" + layer, backend.allocate(slots, size), false));
    }
  }

  /// Returns the states with which the sequences of a batch begin, zero where a session starts; the
  /// caller closes them.
  Tensor before(int layer, Carry carry) {
    float[] kept = layers.get(layer).value().toArray();
    float[] rows = new float[carry.slots().length * size];
    for (int i = 0; i < carry.slots().length; i++) {
      if (!carry.starts()[i]) {
        System.arraycopy(kept, carry.slots()[i] * size, rows, i * size, size);
      }
    }
    return backend.tensor(carry.slots().length, size, rows);
  }

  /// Keeps the states after a batch of one step.
  void keep(int layer, Carry carry, Tensor hidden) {
    float[] rows = hidden.toArray();
    for (int i = 0; i < carry.slots().length; i++) {
      float[] row = Arrays.copyOfRange(rows, i * size, (i + 1) * size);
      layers.get(layer).value().write(carry.slots()[i], FloatBuffer.wrap(row));
    }
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
