package dev.segue.engine.onnx;

import dev.segue.engine.network.ParameterSet;
import dev.segue.kernels.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Parts of a network as ONNX files of their own, for benchmarks of one part. ONNX Runtime computes
/// a whole graph, even when one output is asked for.
public final class OnnxParts {
  private static final String VERSION = "benchmark";

  /// Gather, Transpose, GRU.
  private static final int STEP_NODES = 3;

  private OnnxParts() {}

  /// Writes the GRU of a network of one layer without its output layer.
  public static void writeStep(ParameterSet parameters, Path file) throws IOException {
    OnnxGraph whole = new NetworkGraph(parameters, 0).graph();
    OnnxGraph step =
        new OnnxGraph(
            whole.nodes().subList(0, STEP_NODES),
            whole.tensors().stream()
                .filter(tensor -> tensor.name().matches("embedding.*|gru.*"))
                .toList(),
            whole.inputs(),
            whole.outputs().stream().filter(value -> value.name().equals("next_hidden")).toList());
    new OnnxModel(step, VERSION, OnnxModel.MESSAGE_LIMIT).write(file);
  }

  /// Writes an output layer with the search for the best items: `hidden` to `top_items`.
  public static void writeRanking(Tensor weights, Tensor bias, int top, Path file)
      throws IOException {
    List<String> answer = List.of("batch", "" + top);
    OnnxGraph ranking =
        new OnnxGraph(
            List.of(
                new OnnxNode("Gemm", List.of("hidden", "weights", "bias"), List.of("scores"))
                    .attribute("transB", 1L)
                    .message(),
                new OnnxNode("TopK", List.of("scores", "top"), List.of("top_scores", "top_items"))
                    .message()),
            List.of(
                OnnxTensor.matrix("weights", weights),
                OnnxTensor.vector("bias", bias),
                OnnxTensor.whole("top", top)),
            List.of(
                new OnnxValue(
                    "hidden", OnnxTensor.FLOAT, List.of("batch", "" + weights.columns()), "")),
            List.of(
                new OnnxValue("top_items", OnnxTensor.INT64, answer, ""),
                new OnnxValue("top_scores", OnnxTensor.FLOAT, answer, "")));
    new OnnxModel(ranking, VERSION, OnnxModel.MESSAGE_LIMIT).write(file);
  }
}
