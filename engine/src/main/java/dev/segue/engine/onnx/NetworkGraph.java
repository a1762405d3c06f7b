package dev.segue.engine.onnx;

import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.ParameterSet;
import dev.segue.kernels.GruWeights;
import dev.segue.kernels.Tensor;
import java.util.ArrayList;
import java.util.List;

/// The network as operations of ONNX:
///
/// ```
/// Gather ─ Transpose ─ GRU (a layer each) ─ Gemm ─ TopK
/// ```
///
/// ONNX orders the gates z, r, h where PyTorch, cuDNN and Segue have r, z, n, and resets before the
/// recurrent product unless `linear_before_reset` is 1. Its output is (1 − z) ⊙ n + z ⊙ h as ours.
///
/// Source: github.com/onnx/onnx, docs/Operators.md.
final class NetworkGraph {
  private final ParameterSet parameters;
  private final NetworkShape shape;
  private final int top;
  private final List<ProtoMessage> nodes = new ArrayList<>();
  private final List<OnnxTensor> tensors = new ArrayList<>();
  private final List<OnnxValue> outputs = new ArrayList<>();

  /// Makes the graph.
  ///
  /// @param top how many best items to give beside the scores, 0 for none
  NetworkGraph(ParameterSet parameters, int top) {
    this.parameters = parameters;
    this.shape = parameters.shape();
    this.top = top;
    addEmbedding();
    String last = addLayers();
    addScores(last);
  }

  /// Returns it.
  OnnxGraph graph() {
    return new OnnxGraph(nodes, tensors, inputs(), outputs);
  }

  private List<OnnxValue> inputs() {
    return List.of(
        new OnnxValue(
            "items",
            OnnxTensor.INT64,
            List.of("batch", "time"),
            "item numbers of sessions of one length, oldest first"),
        new OnnxValue(
            "hidden",
            OnnxTensor.FLOAT,
            stateShape(),
            "state of each layer before the first item; zeros for a new session"));
  }

  private List<String> stateShape() {
    return List.of("" + shape.layers(), "batch", "" + shape.hidden());
  }

  private void addEmbedding() {
    tensors.add(OnnxTensor.matrix("embedding.weight", parameters.embedding()));
    node("Gather", List.of("embedding.weight", "items"), "embedded");
    nodes.add(
        new OnnxNode("Transpose", List.of("embedded"), List.of("steps"))
            .attribute("perm", 1, 0, 2)
            .message());
  }

  /// Adds the layers and returns the name of the last one's final state, `1 × batch × H`.
  private String addLayers() {
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      before.add(shape.layers() == 1 ? "hidden" : "hidden_" + layer);
      after.add(shape.layers() == 1 ? "next_hidden" : "next_hidden_" + layer);
    }
    if (shape.layers() > 1) {
      nodes.add(new OnnxNode("Split", List.of("hidden"), before).attribute("axis", 0L).message());
      tensors.add(OnnxTensor.whole("direction_axis", 1));
    }
    String input = "steps";
    for (int layer = 0; layer < shape.layers(); layer++) {
      boolean isLast = layer == shape.layers() - 1;
      addLayer(layer, input, before.get(layer), after.get(layer), isLast);
      input = "states_" + layer;
    }
    if (shape.layers() > 1) {
      nodes.add(
          new OnnxNode("Concat", after, List.of("next_hidden")).attribute("axis", 0L).message());
    }
    return after.getLast();
  }

  private void addLayer(int layer, String input, String before, String after, boolean isLast) {
    GruWeights weights = parameters.layer(layer);
    int size = shape.hidden();
    String suffix = "_l" + layer;
    tensors.add(gates("gru.weight_ih" + suffix, weights.input()));
    tensors.add(gates("gru.weight_hh" + suffix, weights.recurrent()));
    float[] biases = new float[6 * size];
    System.arraycopy(swapped(weights.inputBias(), size), 0, biases, 0, 3 * size);
    System.arraycopy(swapped(weights.recurrentBias(), size), 0, biases, 3 * size, 3 * size);
    tensors.add(OnnxTensor.floats("gru.bias" + suffix, new long[] {1, 6L * size}, biases));
    String all = isLast ? "" : "all_" + layer;
    nodes.add(
        new OnnxNode(
                "GRU",
                List.of(
                    input,
                    "gru.weight_ih" + suffix,
                    "gru.weight_hh" + suffix,
                    "gru.bias" + suffix,
                    "",
                    before),
                List.of(all, after))
            .attribute("hidden_size", (long) size)
            .attribute("linear_before_reset", 1L)
            .message());
    if (!isLast) {
      node("Squeeze", List.of(all, "direction_axis"), "states_" + layer);
    }
  }

  private void addScores(String last) {
    String weights = "embedding.weight";
    if (!shape.tied()) {
      weights = "output.weight";
      tensors.add(OnnxTensor.matrix(weights, parameters.outputWeights()));
    }
    tensors.add(OnnxTensor.vector("output.bias", parameters.outputBias()));
    tensors.add(OnnxTensor.whole("layer_axis", 0));
    node("Squeeze", List.of(last, "layer_axis"), "output");
    nodes.add(
        new OnnxNode("Gemm", List.of("output", weights, "output.bias"), List.of("scores"))
            .attribute("transB", 1L)
            .message());
    outputs.add(
        new OnnxValue(
            "scores",
            OnnxTensor.FLOAT,
            List.of("batch", "" + shape.items()),
            "a score for every item as the next one"));
    if (top > 0) {
      addTop();
    }
    outputs.add(
        new OnnxValue(
            "next_hidden",
            OnnxTensor.FLOAT,
            stateShape(),
            "state of each layer after the last item: the next call's hidden"));
  }

  private void addTop() {
    tensors.add(OnnxTensor.whole("top", top));
    nodes.add(
        new OnnxNode("TopK", List.of("scores", "top"), List.of("top_scores", "top_items"))
            .message());
    List<String> sizes = List.of("batch", "" + top);
    outputs.add(
        new OnnxValue("top_items", OnnxTensor.INT64, sizes, "the best items' numbers, best first"));
    outputs.add(new OnnxValue("top_scores", OnnxTensor.FLOAT, sizes, "their scores"));
  }

  private void node(String operator, List<String> inputs, String output) {
    nodes.add(new OnnxNode(operator, inputs, List.of(output)).message());
  }

  /// Makes `1 × 3H × columns` with the gates in the order of ONNX.
  private static OnnxTensor gates(String name, Tensor weights) {
    int size = weights.rows() / 3;
    long[] sizes = {1, weights.rows(), weights.columns()};
    return OnnxTensor.floats(name, sizes, swapped(weights, size * weights.columns()));
  }

  /// Returns the numbers of a tensor in three parts r, z, n in the order z, r, n.
  private static float[] swapped(Tensor tensor, int part) {
    float[] values = tensor.toArray();
    float[] swapped = values.clone();
    System.arraycopy(values, part, swapped, 0, part);
    System.arraycopy(values, 0, swapped, part, part);
    return swapped;
  }
}
