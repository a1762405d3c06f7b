package dev.segue.engine.network;

import dev.segue.engine.sequences.EventFeatures;
import dev.segue.kernels.Backend;
import dev.segue.kernels.GruForward;
import dev.segue.kernels.PackedLayout;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tensors for one step of one session. Used by one thread at a time; several workspaces on one
/// network can be used at once.
public final class StepWorkspace implements AutoCloseable {
  private static final PackedLayout ONE_STEP = PackedLayout.singleStep(1);

  private final Backend backend;
  private final ParameterSet parameters;
  private final Tensor embedded;
  private final List<Tensor> before = new ArrayList<>();
  private final List<Tensor> after = new ArrayList<>();

  /// Allocates the tensors.
  public StepWorkspace(Backend backend, ParameterSet parameters) {
    this.backend = backend;
    this.parameters = parameters;
    int size = parameters.shape().hidden();
    embedded = backend.allocate(1, parameters.shape().embedding());
    for (int layer = 0; layer < parameters.shape().layers(); layer++) {
      before.add(backend.allocate(1, size));
      after.add(backend.allocate(1, size));
    }
  }

  /// Moves a session's state over one item.
  ///
  /// @param state for each layer its hidden state, H numbers; changed
  /// @param item number of the item, 0 to V − 1
  public void step(float[][] state, int item) {
    step(state, item, null);
  }

  /// As above, with what else the network takes of the event.
  public void step(float[][] state, int item, @Nullable EventFeatures features) {
    EventEmbedding.gather(backend, parameters, new int[] {item}, features, embedded);
    Tensor input = embedded;
    for (int layer = 0; layer < state.length; layer++) {
      before.get(layer).write(0, FloatBuffer.wrap(state[layer]));
      Tensor hidden = after.get(layer);
      backend.gruForward(
          new GruForward(
              ONE_STEP, input, parameters.layer(layer), before.get(layer), hidden, null));
      hidden.read(0, FloatBuffer.wrap(state[layer]));
      input = hidden;
    }
  }

  /// Returns a hidden state as a tensor `1 × H`, valid until the next call on this workspace.
  public Tensor hidden(float[] state) {
    Tensor hidden = before.getLast();
    hidden.write(0, FloatBuffer.wrap(state));
    return hidden;
  }

  @Override
  public void close() {
    embedded.close();
    before.forEach(Tensor::close);
    after.forEach(Tensor::close);
  }
}
