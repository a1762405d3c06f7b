package dev.segue.engine.onnx;

import java.util.List;

/// Operations with their constants, of ONNX's operator set 17.
///
/// @param nodes operations, each after those whose outputs it takes
/// @param tensors constants
/// @param inputs what a caller gives
/// @param outputs what a caller gets
record OnnxGraph(
    List<ProtoMessage> nodes,
    List<OnnxTensor> tensors,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs) {
  static final int OPERATOR_SET = 17;

  OnnxGraph {
    nodes = List.copyOf(nodes);
    tensors = List.copyOf(tensors);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// Returns the message, with the constants as given.
  ProtoMessage message(List<ProtoMessage> constants) {
    ProtoMessage message = new ProtoMessage();
    nodes.forEach(node -> message.message(1, node));
    message.text(2, "segue");
    constants.forEach(constant -> message.message(5, constant));
    inputs.forEach(input -> message.message(11, input.message()));
    outputs.forEach(output -> message.message(12, output.message()));
    return message;
  }
}
