package dev.segue.engine.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A message in the encoding of Protocol Buffers: fields of whole numbers, texts, messages and
/// bytes. Large bytes stay where they are until the message is written.
///
/// Source: protobuf.dev/programming-guides/encoding. A field is a tag, `number << 3 | wire type`,
/// then a varint (type 0) or a length and so many bytes (type 2).
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int LENGTH = 2;

  private final List<ProtoBytes> parts = new ArrayList<>();

  /// Adds a whole number that is not negative.
  ProtoMessage number(int field, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    putVarint(bytes, ((long) field << 3) | VARINT);
    putVarint(bytes, value);
    return add(ProtoBytes.of(bytes.flip()));
  }

  /// Adds a text in UTF-8.
  ProtoMessage text(int field, String value) {
    return bytes(field, ProtoBytes.of(ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8))));
  }

  /// Adds a message; what is added to it later is not in this one.
  ProtoMessage message(int field, ProtoMessage value) {
    addLength(field, value.length());
    parts.addAll(value.parts);
    return this;
  }

  /// Adds bytes.
  ProtoMessage bytes(int field, ProtoBytes value) {
    addLength(field, value.length());
    return add(value);
  }

  /// Returns the number of bytes.
  long length() {
    return parts.stream().mapToLong(ProtoBytes::length).sum();
  }

  /// Writes the message.
  void writeTo(FileChannel channel) throws IOException {
    for (ProtoBytes part : parts) {
      part.writeTo(channel);
    }
  }

  private void addLength(int field, long length) {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    putVarint(bytes, ((long) field << 3) | LENGTH);
    putVarint(bytes, length);
    add(ProtoBytes.of(bytes.flip()));
  }

  private ProtoMessage add(ProtoBytes part) {
    parts.add(part);
    return this;
  }

  /// Seven bits a byte, the lowest first; the top bit says that more follow.
  private static void putVarint(ByteBuffer bytes, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }
}
