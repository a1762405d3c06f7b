package dev.segue.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes structures in Thrift's compact protocol, which Parquet's headers and footer are in.
///
/// Fields have to come in ascending order of their ids. Source: the Thrift compact protocol
/// specification of Apache Thrift.
final class ThriftCompact {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int lastField;

  /// Fills the fields of a structure.
  @FunctionalInterface
  interface Fields {
    void writeTo(ThriftCompact fields);
  }

  /// Returns the bytes of a structure.
  static byte[] struct(Fields fields) {
    var thrift = new ThriftCompact();
    fields.writeTo(thrift);
    thrift.out.write(0);
    return thrift.out.toByteArray();
  }

  ThriftCompact i32(int id, int value) {
    header(id, I32);
    zigzag(value);
    return this;
  }

  ThriftCompact i64(int id, long value) {
    header(id, I64);
    zigzag(value);
    return this;
  }

  ThriftCompact truth(int id, boolean value) {
    header(id, value ? 1 : 2);
    return this;
  }

  ThriftCompact text(int id, String value) {
    header(id, BINARY);
    text(value);
    return this;
  }

  ThriftCompact struct(int id, Fields fields) {
    header(id, STRUCT);
    out.writeBytes(struct(fields));
    return this;
  }

  ThriftCompact structs(int id, Iterable<byte[]> structs, int count) {
    list(id, count, STRUCT);
    structs.forEach(out::writeBytes);
    return this;
  }

  ThriftCompact i32s(int id, int... values) {
    list(id, values.length, I32);
    for (int value : values) {
      zigzag(value);
    }
    return this;
  }

  ThriftCompact texts(int id, String... values) {
    list(id, values.length, BINARY);
    for (String value : values) {
      text(value);
    }
    return this;
  }

  private void list(int id, int count, int type) {
    header(id, LIST);
    if (count < 15) {
      out.write((count << 4) | type);
    } else {
      out.write(0xF0 | type);
      varint(count, out);
    }
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(bytes.length, out);
    out.writeBytes(bytes);
  }

  private void header(int id, int type) {
    // No structure of Parquet has two neighbouring ids further apart than the 15 that fit here.
    out.write(((id - lastField) << 4) | type);
    lastField = id;
  }

  private void zigzag(long value) {
    varint((value << 1) ^ (value >> 63), out);
  }

  /// Writes a number in groups of seven bits, the low ones first.
  static void varint(long value, ByteArrayOutputStream out) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
