package dev.segue.engine.onnx;

import dev.segue.kernels.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A constant of the graph, ONNX's initialiser.
///
/// @param name by which operations refer to it
/// @param type ONNX's number of the element type
/// @param shape its sizes
/// @param values its elements, little-endian
record OnnxTensor(String name, int type, long[] shape, ProtoBytes values) {
  static final int FLOAT = 1;
  static final int INT64 = 7;

  static OnnxTensor matrix(String name, Tensor tensor) {
    return new OnnxTensor(
        name, FLOAT, new long[] {tensor.rows(), tensor.columns()}, ProtoBytes.of(tensor));
  }

  /// A tensor of one row as a vector.
  static OnnxTensor vector(String name, Tensor tensor) {
    return new OnnxTensor(name, FLOAT, new long[] {tensor.columns()}, ProtoBytes.of(tensor));
  }

  static OnnxTensor floats(String name, long[] shape, float[] values) {
    ByteBuffer bytes = little(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return new OnnxTensor(name, FLOAT, shape, ProtoBytes.of(bytes));
  }

  static OnnxTensor whole(String name, long value) {
    ByteBuffer bytes = little(Long.BYTES).putLong(0, value);
    return new OnnxTensor(name, INT64, new long[] {1}, ProtoBytes.of(bytes));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Returns the message with its elements in it.
  ProtoMessage inline() {
    return description().bytes(9, values);
  }

  /// Returns the message for elements that lie in another file.
  ProtoMessage external(String file, long offset) {
    return description()
        .message(13, entry("location", file))
        .message(13, entry("offset", Long.toString(offset)))
        .message(13, entry("length", Long.toString(values.length())))
        .number(14, 1);
  }

  private ProtoMessage description() {
    ProtoMessage message = new ProtoMessage();
    for (long size : shape) {
      message.number(1, size);
    }
    return message.number(2, type).text(8, name);
  }

  static ProtoMessage entry(String key, String value) {
    return new ProtoMessage().text(1, key).text(2, value);
  }
}
