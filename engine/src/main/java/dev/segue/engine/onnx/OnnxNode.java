package dev.segue.engine.onnx;

import java.util.List;

/// One operation of the graph.
final class OnnxNode {
  private static final int INT = 2;
  private static final int INTS = 7;

  private final ProtoMessage message = new ProtoMessage();

  /// Makes a node of the standard operators; an empty name is an input that is left out.
  OnnxNode(String operator, List<String> inputs, List<String> outputs) {
    inputs.forEach(input -> message.text(1, input));
    outputs.forEach(output -> message.text(2, output));
    message.text(3, operator + "_" + outputs.getLast()).text(4, operator);
  }

  OnnxNode attribute(String name, long value) {
    message.message(5, new ProtoMessage().text(1, name).number(3, value).number(20, INT));
    return this;
  }

  OnnxNode attribute(String name, long... values) {
    ProtoMessage attribute = new ProtoMessage().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    message.message(5, attribute.number(20, INTS));
    return this;
  }

  ProtoMessage message() {
    return message;
  }
}
