package dev.segue.engine.onnx;

import java.util.List;

/// An input or output of the graph.
///
/// @param name its name
/// @param type ONNX's number of the element type
/// @param shape sizes as numbers, or names of sizes that a caller chooses
/// @param explanation what it is
record OnnxValue(String name, int type, List<String> shape, String explanation) {
  ProtoMessage message() {
    ProtoMessage sizes = new ProtoMessage();
    for (String size : shape) {
      ProtoMessage dimension = new ProtoMessage();
      if (Character.isDigit(size.charAt(0))) {
        dimension.number(1, Long.parseLong(size));
      } else {
        dimension.text(2, size);
      }
      sizes.message(1, dimension);
    }
    ProtoMessage tensor = new ProtoMessage().number(1, type).message(2, sizes);
    return new ProtoMessage()
        .text(1, name)
        .message(2, new ProtoMessage().message(1, tensor))
        .text(3, explanation);
  }
}
