package dev.segue.engine.network;

import dev.segue.kernels.GruForward;
import dev.segue.kernels.Tensor;
import java.util.List;

/// What a forward pass leaves for the backward pass.
///
/// @param embedded `N × E`, the input of the first layer
/// @param layers the passes of the layers, in order
/// @param output `N × H`, the input of the output layer: the last layer's hidden states or, with
///   dropout, what is left of them
record Activations(Tensor embedded, List<GruForward> layers, Tensor output)
    implements AutoCloseable {
  Activations {
    layers = List.copyOf(layers);
  }

  @Override
  public void close() {
    embedded.close();
    for (GruForward layer : layers) {
      layer.hidden().close();
      Tensor before = layer.initialHidden();
      if (before != null) {
        before.close();
      }
      Tensor gates = layer.gates();
      if (gates != null) {
        gates.close();
      }
    }
    if (output != layers.getLast().hidden()) {
      output.close();
    }
  }
}
